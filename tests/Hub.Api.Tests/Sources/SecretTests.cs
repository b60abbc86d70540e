using System.Security.Cryptography;
using Hub.Engine.Intake;

namespace Hub.Api.Tests.Sources;

public sealed class SecretTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Old = "the-old-secret-of-the-sender-ABC";
    private const string New = "the-new-secret-of-the-sender-XYZ";
    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public async Task Secret_Rotated_BothAreAcceptedUntilTheOldOneEnds()
    {
        var source = await SourceAsync();
        var added = await Hub.SendAsync(HttpMethod.Post, Path(source), $$"""{"secret":"{{New}}","expireOthersAfter":"24h"}""");
        Assert.Equal("XYZ", added.GetProperty("hint").GetString());
        await AcceptedAsync(source, Old);
        await AcceptedAsync(source, New);
        var secrets = (await Hub.SendAsync(HttpMethod.Get, Path(source))).EnumerateArray().ToArray();
        Assert.Equal(["XYZ", "ABC"], secrets.Select(secret => secret.GetProperty("hint").GetString()));
        Assert.Equal(JsonValueKind.Null, secrets[0].GetProperty("expiresAt").ValueKind);
        Assert.InRange(
            secrets[1].GetProperty("expiresAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow(),
            TimeSpan.FromHours(23),
            TimeSpan.FromHours(24)
        );
        Assert.DoesNotContain("-secret-of-", string.Concat(secrets.Select(secret => secret.ToString())) + added + Hub.Log.Text, StringComparison.Ordinal);

        // Ends earlier when asked again, and never later.
        await Hub.AskAsync("UPDATE hub.source_secrets SET expires_at = now() - interval '1 second' WHERE source_id = $1 AND expires_at IS NOT NULL", source.Id);
        Hub.Get<SourceDirectory>().Invalidate();
        await RefusedAsync(source, Old);
        await AcceptedAsync(source, New);
        Assert.Equal(1, (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}")).GetProperty("signature").GetProperty("secretCount").GetInt32());
    }

    [Fact]
    public async Task Secret_EndedAtOnce_IsRefusedFromThenOn()
    {
        var source = await SourceAsync();
        await Hub.SendAsync(HttpMethod.Post, Path(source), $$"""{"secret":"{{New}}","expireOthersAfter":"0s"}""");
        await RefusedAsync(source, Old);
        await AcceptedAsync(source, New);
    }

    [Fact]
    public async Task Secret_Used_IsKnownAfterAWhile()
    {
        var source = await SourceAsync();
        await Hub.SendAsync(HttpMethod.Post, Path(source), $$"""{"secret":"{{New}}"}""");
        await AcceptedAsync(source, Old);
        await RefusedAsync(source, "another-secret");
        await Hub.Get<SecretUses>().FlushAsync(Cancel);
        var secrets = (await Hub.SendAsync(HttpMethod.Get, Path(source)))
            .EnumerateArray()
            .ToDictionary(secret => secret.GetProperty("hint").GetString()!, secret => secret.GetProperty("lastUsedAt"));
        Assert.Equal(JsonValueKind.Null, secrets["XYZ"].ValueKind);
        Assert.InRange(TimeProvider.System.GetUtcNow() - secrets["ABC"].GetDateTimeOffset(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Secret_LastThatLasts_IsNotRemoved()
    {
        var source = await SourceAsync();
        var first = Id(await Hub.SendAsync(HttpMethod.Get, Path(source)), 0);
        await RefusedAsync(HttpMethod.Delete, $"{Path(source)}/{first}", null, 409, "secret_last");
        var second = (await Hub.SendAsync(HttpMethod.Post, Path(source), $$"""{"secret":"{{New}}","expireOthersAfter":"1h"}""")).GetProperty("id").GetGuid();

        // The other one ends within the hour.
        await RefusedAsync(HttpMethod.Delete, $"{Path(source)}/{second}", null, 409, "secret_last");
        await Hub.SendAsync(HttpMethod.Delete, $"{Path(source)}/{first}");
        await RefusedAsync(source, Old);
        await RefusedAsync(HttpMethod.Delete, $"{Path(source)}/{first}", null, 404, "not_found");
        await RefusedAsync(HttpMethod.Delete, $"{Path(await SourceAsync())}/{second}", null, 404, "not_found");
    }

    [Fact]
    public async Task HandshakeSecret_DoesNotStandForOneThatProves()
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"whatsapp-meta","secrets":["{{Old}}"]}""");
        var proving = Id(await Hub.SendAsync(HttpMethod.Get, Path(source)), 0);
        await Hub.SendAsync(HttpMethod.Post, Path(source), """{"secret":"verify:some-token","expireOthersAfter":"0s"}""");
        await RefusedAsync(HttpMethod.Delete, $"{Path(source)}/{proving}", null, 409, "secret_last");
        Assert.Equal(2, (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}")).GetProperty("signature").GetProperty("secretCount").GetInt32());
    }

    [Theory]
    [InlineData("""{"secret":""}""", 400, "secret_invalid", "/secret")]
    [InlineData("{}", 400, "secret_invalid", "/secret")]
    [InlineData("""{"secret":"another-secret-0123","expireOthersAfter":"soon"}""", 400, "secret_invalid", "/expireOthersAfter")]
    [InlineData("""{"secret":"another-secret-0123","expireOthersAfter":"91d"}""", 400, "secret_invalid", "/expireOthersAfter")]
    [InlineData($$"""{"secret":"{{Old}}"}""", 409, "secret_exists", null)]
    [InlineData("""{"secret":"another-secret-0123","name":"x"}""", 400, "invalid_json", null)]
    public async Task Secret_Faulty_IsRefused(string json, int status, string code, string? pointer)
    {
        var source = await SourceAsync();
        var problem = await RefusedAsync(HttpMethod.Post, Path(source), json, status, code);
        Assert.Equal(pointer, problem.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("pointer").GetString() : null);
        Assert.DoesNotContain(Old, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_TooLongOrTooMany_IsRefused()
    {
        var source = await SourceAsync();
        await RefusedAsync(HttpMethod.Post, Path(source), JsonSerializer.Serialize(new { secret = new string('s', 4097) }), 400, "secret_invalid");
        for (var i = 0; i < 9; i++)
        {
            await Hub.SendAsync(HttpMethod.Post, Path(source), $$"""{"secret":"more-{{i}}"}""");
        }

        await RefusedAsync(HttpMethod.Post, Path(source), $$"""{"secret":"{{New}}"}""", 409, "too_many_secrets");
        var secrets = await Hub.SendAsync(HttpMethod.Get, Path(source));
        Assert.All(secrets.EnumerateArray().Take(9), secret => Assert.Equal(JsonValueKind.Null, secret.GetProperty("hint").ValueKind));
    }

    [Fact]
    public async Task Secrets_OfASourceThatTakesNone_AreRefused()
    {
        var source = await Hub.AddSourceAsync();
        await RefusedAsync(HttpMethod.Post, Path(source), $$"""{"secret":"{{New}}"}""", 400, "secret_invalid");
        await RefusedAsync(HttpMethod.Get, $"/api/v1/sources/{Guid.CreateVersion7()}/secrets", null, 404, "not_found");
        await RefusedAsync(HttpMethod.Post, $"/api/v1/sources/{Guid.CreateVersion7()}/secrets", $$"""{"secret":"{{New}}"}""", 404, "not_found");
    }

    [Theory]
    [InlineData("telegram", "X-Telegram-Bot-Api-Secret-Token", "")]
    [InlineData("gitlab-token", "X-Gitlab-Token", "")]
    [InlineData("bearer", "Authorization", "Bearer ")]
    public async Task Secret_SentInAHeader_IsNotKept(string scheme, string header, string prefix)
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"{{scheme}}","secrets":["{{Old}}"]}""");
        var delivery = await Hub.DeliverAsync(source, Body, "", (header, prefix + Old));
        var kept = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{delivery}");
        Assert.DoesNotContain(Old, kept.ToString() + Hub.Log.Text, StringComparison.Ordinal);
        Assert.Equal("***", kept.GetProperty("headers").GetProperty(header.ToLowerInvariant()).GetString());
    }

    private static string Path(TestSource source) => $"/api/v1/sources/{source.Id}/secrets";

    private static Guid Id(JsonElement secrets, int index) => secrets[index].GetProperty("id").GetGuid();

    private Task<TestSource> SourceAsync() => Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Old}}"]}""");

    private Task AcceptedAsync(TestSource source, string secret) => Hub.DeliverAsync(source, Body, "", ("X-Hub-Signature-256", Sign(secret)));

    private async Task RefusedAsync(TestSource source, string secret)
    {
        using var response = await Hub.PostAsync(source, Body, "", ("X-Hub-Signature-256", Sign(secret)));
        await ProblemAsync(response, 401, "signature_invalid");
    }

    private static string Sign(string secret) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Body));
}
