using System.Security.Cryptography;

namespace Hub.Api.Tests.Webhooks;

/// <summary>Credentials that senders and proxies put into a request are seen by nobody afterwards.</summary>
public sealed class SecretHeaderTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Secret = "the+secret/of the sender=42";
    private static readonly byte[] Body = """{"n":5}"""u8.ToArray();

    /// <summary>The usual headers with credentials; each holds a value of its own.</summary>
    private static readonly string[] Usual =
    [
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "X-Api-Key",
        "Api-Key",
        "X-Auth-Token",
        "X-Access-Token",
        "X-Webhook-Secret",
        "X-Webhook-Token",
        "Api-Token",
        "X-Api-Token",
        "X-Functions-Key",
        "Ocp-Apim-Subscription-Key",
        "X-Client-Secret",
        "X-Secret-Key",
        "X-Goog-Channel-Token",
        "Private-Token",
        "X-Session-Token",
        "X-Password",
    ];

    [Fact]
    public async Task CredentialHeaders_AreReadNowhereButAreThereForTheRelease()
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Secret}}"]}""");
        await Hub.AddWorkflowAsync("""[{ "id": "copy", "type": "set", "with": { "all": { "$path": "$.trigger" } } }]""", source);
        var headers = Usual.Select((name, i) => (name, $"credential-{i}-of-a-header")).Append(("X-Plain", "plain")).ToArray();
        var delivery = await Hub.DeliverAsync(source, Body, "?token=credential-of-a-query&q=plain-query", [.. headers, ("X-Hub-Signature-256", Sign(Secret))]);
        using var refused = await Hub.PostAsync(
            source,
            Body,
            "?token=credential-of-a-query&q=plain-query",
            [.. headers, ("X-Hub-Signature-256", Sign("another"))]
        );
        var aside = (await ReadAsync(refused, 401)).GetProperty("deliveryId").GetGuid();

        foreach (var text in await EverythingAsync(source, delivery, aside))
        {
            Assert.DoesNotContain("credential-", text, StringComparison.Ordinal);
            Assert.Contains("plain", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("credential-", Hub.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", Secret)]
    [InlineData("bearer", $"Bearer {Secret}")]
    [InlineData("percent", "the%2Bsecret%2Fof%20the%20sender%3D42")]
    [InlineData("form", "the%2bsecret%2fof+the+sender%3d42")]
    [InlineData("base64", "dGhlK3NlY3JldC9vZiB0aGUgc2VuZGVyPTQy")]
    [InlineData("basic", "dXNlcjp0aGUrc2VjcmV0L29mIHRoZSBzZW5kZXI9NDI=")]
    [InlineData("hex", "7468652b7365637265742f6f66207468652073656e6465723d3432")]
    [InlineData("hex, blanks", "74 68 65 2b 73 65 63 72 65 74 2f 6f 66 20 74 68 65 20 73 65 6e 64 65 72 3d 34 32")]
    [InlineData("percent, every byte", "%74%68%65%2b%73%65%63%72%65%74%2f%6f%66%20%74%68%65%20%73%65%6e%64%65%72%3d%34%32")]
    public async Task SecretOfTheSource_InAWrongPlace_IsSeenNowhere(string coding, string sent)
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Secret}}"]}""");
        await Hub.AddWorkflowAsync("""[{ "id": "copy", "type": "set", "with": { "all": { "$path": "$.trigger" } } }]""", source);
        var query = $"?q=plain&what={Uri.EscapeDataString(sent)}&{Uri.EscapeDataString(sent)}=1";
        var delivery = await Hub.DeliverAsync(source, Body, query, ("X-Mine", sent), ("X-Plain", "plain"), ("X-Hub-Signature-256", Sign(Secret)));
        using var refused = await Hub.PostAsync(source, Body, query, ("X-Mine", sent), ("X-Plain", "plain"), ("X-Hub-Signature-256", Sign("another")));
        var aside = (await ReadAsync(refused, 401)).GetProperty("deliveryId").GetGuid();
        foreach (var text in await EverythingAsync(source, delivery, aside))
        {
            Assert.DoesNotContain(sent, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Uri.EscapeDataString(sent), text, StringComparison.Ordinal);
            Assert.Contains("plain", text, StringComparison.Ordinal);
        }

        Assert.NotEmpty(coding);
    }

    [Fact]
    public async Task SecretOfTheSource_InTheContentType_IsSeenNowhere()
    {
        const string Word = "Sup3rSecretValue-xyz99";
        var source = await Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Word}}"]}""");
        await Hub.AddWorkflowAsync("""[{ "id": "copy", "type": "set", "with": { "all": { "$path": "$.trigger" } } }]""", source);
        var delivery = await Hub.DeliverAsync(source, Body, "", ("Content-Type", $"text/{Word}"), ("X-Hub-Signature-256", Sign(Word)));
        using var refused = await Hub.PostAsync(source, Body, "", ("Content-Type", $"text/{Word}"), ("X-Hub-Signature-256", Sign("another")));
        var aside = (await ReadAsync(refused, 401)).GetProperty("deliveryId").GetGuid();
        foreach (var text in await EverythingAsync(source, delivery, aside))
        {
            Assert.DoesNotContain(Word, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SecretOfTheSource_AddedAfterTheRequest_IsMaskedFromThenOn()
    {
        var source = await Hub.AddSourceAsync("""{"scheme":"github","secrets":["an old secret of the sender"]}""");
        var body = Encoding.UTF8.GetBytes($$"""{"echo":"{{Secret}}"}""");
        using var refused = await Hub.PostAsync(source, body, "?what=" + Uri.EscapeDataString(Secret), ("X-Mine", Secret));
        var aside = (await ReadAsync(refused, 401)).GetProperty("deliveryId").GetGuid();
        Assert.Contains(Secret, (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{aside}")).GetProperty("body").GetString(), StringComparison.Ordinal);

        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", $$"""{"secret":"{{Secret}}"}""");

        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{aside}");
        Assert.Equal(
            ("***", "?what=***", """{"echo":"***"}"""),
            (shown.GetProperty("headers").GetProperty("x-mine").GetString(), shown.GetProperty("query").GetString(), shown.GetProperty("body").GetString())
        );
        var line = JsonDocument.Parse((await ExportAsync(source)).Split('\n')[0]).RootElement;
        Assert.Equal("***", line.GetProperty("headers").GetProperty("x-mine").GetString());
        Assert.Equal("""{"echo":"***"}""", Encoding.UTF8.GetString(line.GetProperty("bodyBase64").GetBytesFromBase64()));
    }

    [Theory]
    [InlineData("s3cr", "s3cr", true)]
    [InlineData("s3cr", "Token s3cr", true)]
    [InlineData("s3cr", "as3cret", false)]
    public async Task SecretOfTheSource_Short_IsMaskedAsAWordOnly(string secret, string sent, bool masked)
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{secret}}"]}""");
        var delivery = await Hub.DeliverAsync(source, Body, "", ("X-Mine", sent), ("X-Hub-Signature-256", Sign(secret)));
        Assert.Equal(
            masked ? "***" : sent,
            (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{delivery}")).GetProperty("headers").GetProperty("x-mine").GetString()
        );
    }

    [Fact]
    public async Task Release_OfARequestWhoseSignedAddressIsMasked_JudgesTheWholeAddress()
    {
        await using var hub = await TestHub.StartAsync(("Hub:PublicUrl", "https://hooks.example.com"));
        var source = await hub.AddSourceAsync("""{"scheme":"generic-hmac","signed":"{url}.{body}","secrets":["a secret that is out of date"]}""");
        var path = $"/webhooks/incoming/{source.Token}?access_token=of-the-address";
        var signature = Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"https://hooks.example.com{path}.{Encoding.UTF8.GetString(Body)}"))
        );
        using var refused = await hub.PostAsync(source, Body, "?access_token=of-the-address", ("X-Signature", signature));
        var aside = (await ReadAsync(refused, 401)).GetProperty("deliveryId").GetGuid();
        Assert.DoesNotContain(
            "of-the-address",
            (string)(await hub.AskAsync("SELECT q::text FROM hub.quarantine q WHERE id = $1", aside))!,
            StringComparison.Ordinal
        );

        await hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", $$"""{"secret":"{{Secret}}"}""");
        await hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{aside}/release");
        var shown = await hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{aside}");
        Assert.Equal(("accepted", "?access_token=***"), (shown.GetProperty("verdict").GetString(), shown.GetProperty("query").GetString()));
    }

    /// <summary>Views, export, rows and the execution's record, after the refused request was released.</summary>
    private async Task<IReadOnlyList<string>> EverythingAsync(TestSource source, Guid delivery, Guid aside)
    {
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync(delivery));
        var texts = new List<string>
        {
            execution.ToString(),
            (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{delivery}")).ToString(),
            (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{aside}")).ToString(),
            (string)(await Hub.AskAsync("SELECT q::text || encode(protected_headers, 'escape') FROM hub.quarantine q WHERE id = $1", aside))!,
            await ExportAsync(source),
        };
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", """{"secret":"another"}""");
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{aside}/release");
        Assert.Single(await Hub.EndsOfDeliveryAsync(aside));
        texts.Add((string)(await Hub.AskAsync("SELECT string_agg(d::text, ' ') FROM hub.deliveries d WHERE source_id = $1", source.Id))!);
        texts.Add(
            (string)
                (
                    await Hub.AskAsync(
                        "SELECT string_agg(s::text, ' ') FROM hub.execution_steps s JOIN hub.executions e ON e.id = execution_id WHERE delivery_id = ANY ($1)",
                        (Guid[])[delivery, aside]
                    )
                )!
        );
        return texts;
    }

    private async Task<string> ExportAsync(TestSource source)
    {
        using var response = await CallAsync(HttpMethod.Get, $"/api/v1/deliveries/export?source={source.Id}");
        return await response.Content.ReadAsStringAsync(Cancel);
    }

    private static string Sign(string secret) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Body));
}
