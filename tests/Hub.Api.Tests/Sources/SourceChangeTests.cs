using System.Security.Cryptography;

namespace Hub.Api.Tests.Sources;

public sealed class SourceChangeTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Secret = "a-secret-of-the-sender-0123456789";
    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public async Task Source_Changed_KeepsAddressAndSecretsAndHoldsAtOnce()
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Secret}}"]}""");
        var changed = await Hub.SendAsync(
            HttpMethod.Put,
            Path(source),
            $$"""
            {
              "name":"{{source.Name}}-b","signature":{"scheme":"github"},"dedupe":"header:X-Id","bodyLimit":10,
              "methods":["POST","PUT"],"contentTypes":["application/json"],"allowedAddresses":["127.0.0.0/8"],
              "rateLimit":{"perSecond":50.5},"respond":{"mode":"static","body":"fine"}
            }
            """
        );
        Assert.Equal(source.Token, changed.GetProperty("token").GetString());
        Assert.Equal(
            """{"dedupe":"header:X-Id","bodyLimit":10,"methods":["POST","PUT"],"contentTypes":["application/json"]"""
                + ""","allowedAddresses":["127.0.0.0/8"],"rateLimit":{"perSecond":50.5,"burst":51}"""
                + ""","respond":{"mode":"static","waitSeconds":null,"status":null,"contentType":null,"body":"fine"}}""",
            JsonSerializer.Serialize(
                new
                {
                    dedupe = changed.GetProperty("dedupe"),
                    bodyLimit = changed.GetProperty("bodyLimit"),
                    methods = changed.GetProperty("methods"),
                    contentTypes = changed.GetProperty("contentTypes"),
                    allowedAddresses = changed.GetProperty("allowedAddresses"),
                    rateLimit = changed.GetProperty("rateLimit"),
                    respond = changed.GetProperty("respond"),
                }
            )
        );
        Assert.True(JsonElement.DeepEquals(changed, await Hub.SendAsync(HttpMethod.Get, Path(source))));
        using (var answer = await Hub.PostAsync(source, Body, "", ("X-Hub-Signature-256", Sign(Secret))))
        {
            Assert.Equal("fine", await answer.Content.ReadAsStringAsync(Cancel));
        }

        using (var large = await Hub.PostAsync(source, new byte[11], "", ("X-Hub-Signature-256", Sign(Secret))))
        {
            await ProblemAsync(large, 413, "body_too_large");
        }

        // What is left out becomes the usual again.
        var usual = await Hub.SendAsync(HttpMethod.Put, Path(source), $$"""{"name":"{{source.Name}}-b","signature":{"scheme":"github"} }""");
        Assert.All(new[] { "dedupe", "methods", "contentTypes", "allowedAddresses", "rateLimit", "respond" }, name =>
            Assert.Equal(JsonValueKind.Null, usual.GetProperty(name).ValueKind)
        );
        Assert.Equal(1 << 20, usual.GetProperty("bodyLimit").GetInt32());
        await Hub.DeliverAsync(source, Body, "", ("X-Hub-Signature-256", Sign(Secret)));
    }

    [Fact]
    public async Task Secrets_Given_ReplaceThoseThereAre()
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Secret}}"]}""");
        await Hub.SendAsync(
            HttpMethod.Put,
            Path(source),
            $$"""{"name":"{{source.Name}}","signature":{"scheme":"github","secrets":["another-secret-0123"]} }"""
        );
        using var response = await Hub.PostAsync(source, Body, "", ("X-Hub-Signature-256", Sign(Secret)));
        await ProblemAsync(response, 401, "signature_invalid");
        await Hub.DeliverAsync(source, Body, "", ("X-Hub-Signature-256", Sign("another-secret-0123")));
    }

    [Fact]
    public async Task Scheme_Changed_AsksForSecretsThatFitAndDropsUselessOnes()
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Secret}}"]}""");
        var unfit = await RefusedAsync(
            HttpMethod.Put,
            Path(source),
            $$"""{"name":"{{source.Name}}","signature":{"scheme":"discord"} }""",
            400,
            "source_invalid"
        );
        Assert.Equal("secret_invalid", unfit.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.DoesNotContain(Secret, unfit.ToString(), StringComparison.Ordinal);
        var none = await Hub.SendAsync(HttpMethod.Put, Path(source), $$"""{"name":"{{source.Name}}","signature":{"scheme":"none"} }""");
        Assert.Equal(0, none.GetProperty("signature").GetProperty("secretCount").GetInt32());
        var missing = await RefusedAsync(
            HttpMethod.Put,
            Path(source),
            $$"""{"name":"{{source.Name}}","signature":{"scheme":"github"} }""",
            400,
            "source_invalid"
        );
        Assert.Equal("secret_missing", missing.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Name_ThatAWorkflowRefersTo_Stays()
    {
        var source = await Hub.AddSourceAsync();
        var workflow = await Hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""", source);
        var renamed = $$"""{"name":"{{source.Name}}-b","signature":{"scheme":"none"} }""";
        await RefusedAsync(HttpMethod.Put, Path(source), renamed, 409, "source_in_use");
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/deactivate");
        await RefusedAsync(HttpMethod.Put, Path(source), renamed, 409, "source_in_use");
        await Hub.SendAsync(HttpMethod.Put, Path(source), $$"""{"name":"{{source.Name}}","signature":{"scheme":"none"},"bodyLimit":5}""");
        await Hub.DeleteWorkflowAsync(workflow);
        await Hub.SendAsync(HttpMethod.Put, Path(source), renamed);
        var other = await Hub.AddSourceAsync();
        await RefusedAsync(HttpMethod.Put, Path(other), renamed, 409, "source_exists");
        await RefusedAsync(HttpMethod.Put, $"/api/v1/sources/{Guid.CreateVersion7()}", renamed, 404, "not_found");
        await RefusedAsync(HttpMethod.Put, Path(other), """{"name":"","signature":{"scheme":"none"},"surprise":1}""", 400, "source_invalid");
    }

    private static string Path(TestSource source) => $"/api/v1/sources/{source.Id}";

    private static string Sign(string secret) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Body));
}
