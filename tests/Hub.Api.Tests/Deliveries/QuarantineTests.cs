using System.Security.Cryptography;

namespace Hub.Api.Tests.Deliveries;

public sealed class QuarantineTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Secret = "the secret that the sender has";
    private const string Others = "the secret of another Source";
    private const string Github = """{"scheme":"github","secrets":["a secret that is out of date"]}""";

    [Fact]
    public async Task Refused_KeptWithItsCause_LetInAfterTheSecretIsMended()
    {
        var source = await Hub.AddSourceAsync(Github);
        await Hub.AddWorkflowAsync("""[{ "id": "copy", "type": "set", "with": { "n": "{{ trigger.body.n }}" } }]""", source);
        var id = await RefusedAsync(source, """{"n":5}""", ("X-Hub-Signature-256", Sign("""{"n":5}""", Secret)), ("X-GitHub-Event", "push"));

        var aside = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}");
        Assert.Equal("bad_signature", aside.GetProperty("verdict").GetString());
        Assert.Equal("""{"n":5}""", aside.GetProperty("body").GetString());
        Assert.Equal("wrong_secret", aside.GetProperty("diagnosis")[0].GetProperty("cause").GetString());
        var refused = await RefusedAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/release", null, 409, "still_refused");
        Assert.Equal("wrong_secret", refused.GetProperty("diagnosis")[0].GetProperty("cause").GetString());

        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", $$"""{"secret":"{{Secret}}"}""");
        var released = await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/release");

        Assert.Equal((id, "accepted"), (released.GetProperty("deliveryId").GetGuid(), released.GetProperty("verdict").GetString()));
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync(id));
        Assert.Equal(5, execution.Step("copy").GetProperty("output").GetProperty("n").GetInt32());
        Assert.Equal("push", (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}")).GetProperty("eventType").GetString());
        await RefusedAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/release", null, 404, "not_found");
        await AssertLedgerAsync(source, received: 1, accepted: 1, quarantined: 0);
    }

    [Fact]
    public async Task Release_TokenScheme_RemembersTheHeaderThatIsMasked()
    {
        var source = await Hub.AddSourceAsync("""{"scheme":"gitlab-token","secrets":["yesterday's token"]}""");
        var id = await RefusedAsync(source, "{}", ("X-Gitlab-Token", "today's token"));
        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}");
        Assert.DoesNotContain("today's token", shown.ToString(), StringComparison.Ordinal);
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", """{"secret":"today's token"}""");
        Assert.Equal("accepted", (await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/release")).GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Release_AsOfTheTimeOfReceipt_IsNotStaleHoweverLateItIs()
    {
        var source = await Hub.AddSourceAsync("""{"scheme":"slack","secrets":["an old secret of slack"]}""");
        const string Mended = "the secret that slack has";
        var sentAt = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var signature = "v0=" + Hmac($"v0:{sentAt}:{{}}", Mended);
        var id = await RefusedAsync(source, "{}", ("X-Slack-Request-Timestamp", $"{sentAt}"), ("X-Slack-Signature", signature));
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", $$"""{"secret":"{{Mended}}"}""");

        // Judged now, half an hour later, the same request would be stale.
        var late = await VerifyAsync(source, sentAt, signature, TimeSpan.FromMinutes(30));
        Assert.Equal("stale", late.GetProperty("verdict").GetString());
        Assert.Equal("valid", (await VerifyAsync(source, sentAt, signature, TimeSpan.Zero)).GetProperty("verdict").GetString());
        Assert.Equal("accepted", (await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/release")).GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Release_StaleByAWrongClock_IsLetInWhenTheOperatorSaysSoAndReplayed()
    {
        const string Slow = "the secret of a sender whose clock is slow";
        var source = await Hub.AddSourceAsync($$"""{"scheme":"slack","secrets":["{{Slow}}"]}""");
        await Hub.AddWorkflowAsync("""[{ "id": "copy", "type": "set", "with": { "n": "{{ trigger.body.n }}" } }]""", source);
        var sentAt = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 600;
        using var response = await Hub.PostAsync(
            source,
            """{"n":5}"""u8.ToArray(),
            headers: [("X-Slack-Request-Timestamp", $"{sentAt}"), ("X-Slack-Signature", "v0=" + Hmac($$"""v0:{{sentAt}}:{"n":5}""", Slow))]
        );
        var id = (await ProblemAsync(response, 401, "signature_stale")).GetProperty("deliveryId").GetGuid();

        foreach (var request in new[] { null, "{}", """{"acceptStale":false}""" })
        {
            var refused = await RefusedAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/release", request, 409, "still_refused");
            Assert.Equal("stale", refused.GetProperty("verdict").GetString());
            Assert.Contains("acceptStale", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(
            "accepted",
            (await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/release", """{"acceptStale":true}""")).GetProperty("verdict").GetString()
        );
        Assert.Equal(5, Assert.Single(await Hub.EndsOfDeliveryAsync(id)).Step("copy").GetProperty("output").GetProperty("n").GetInt32());
        Assert.True((await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}")).GetProperty("staleAccepted").GetBoolean());
        Assert.Single((await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/replay")).GetProperty("executions").EnumerateArray());
        await AssertLedgerAsync(source, received: 1, accepted: 1, quarantined: 0);
    }

    [Fact]
    public async Task Release_WrongSignature_IsNotLetInAsStale()
    {
        var source = await Hub.AddSourceAsync(Github);
        var id = await RefusedAsync(source, "{}", ("X-Hub-Signature-256", Sign("{}", Secret)));
        await RefusedAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/release", """{"acceptStale":true}""", 409, "still_refused");
    }

    [Fact]
    public async Task Verify_KeepsNothing()
    {
        var source = await Hub.AddSourceAsync(Github);
        var result = await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/verify", """{"headers":{},"bodyBase64":"e30="}""");
        Assert.Equal(
            ("missing", "header_missing"),
            (result.GetProperty("verdict").GetString(), result.GetProperty("diagnosis")[0].GetProperty("cause").GetString())
        );
        Assert.Equal(0L, await Hub.AskAsync("SELECT count(*) FROM hub.quarantine WHERE source_id = $1", source.Id));
    }

    [Fact]
    public async Task Verify_OtherSourcesSecret_IsNamed()
    {
        var other = await Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Others}}"]}""");
        var source = await Hub.AddSourceAsync(Github);
        var result = await Hub.SendAsync(
            HttpMethod.Post,
            $"/api/v1/sources/{source.Id}/verify",
            $$"""{"method":"post","headers":{"X-Hub-Signature-256":["{{Sign("{}", Others)}}"]},"body":"{}"}"""
        );
        var finding = result.GetProperty("diagnosis")[0];
        Assert.Equal("other_sources_secret", finding.GetProperty("cause").GetString());
        Assert.Contains(other.Name, finding.GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"body":"a","bodyBase64":"YQ=="}""")]
    [InlineData("""{"bodyBase64":"?"}""")]
    [InlineData("""{"headers":{"X":1}}""")]
    public async Task Verify_UnreadableRequest_IsRefused(string request) =>
        await RefusedAsync(HttpMethod.Post, $"/api/v1/sources/{(await Hub.AddSourceAsync(Github)).Id}/verify", request, 400, "request_invalid");

    private static string Sign(string body, string secret) => "sha256=" + Hmac(body, secret);

    private static string Hmac(string text, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));

    private Task<JsonElement> VerifyAsync(TestSource source, long sentAt, string signature, TimeSpan later) =>
        Hub.SendAsync(
            HttpMethod.Post,
            $"/api/v1/sources/{source.Id}/verify",
            JsonSerializer.Serialize(
                new
                {
                    headers = new Dictionary<string, string> { ["X-Slack-Request-Timestamp"] = $"{sentAt}", ["X-Slack-Signature"] = signature },
                    body = "{}",
                    receivedAt = DateTimeOffset.FromUnixTimeSeconds(sentAt) + later,
                }
            )
        );

    /// <summary>Posts a request that must be refused and kept aside, and returns its id.</summary>
    private async Task<Guid> RefusedAsync(TestSource source, string body, params (string Name, string Value)[] headers)
    {
        using var response = await Hub.PostAsync(source, Encoding.UTF8.GetBytes(body), headers: headers);
        return (await ProblemAsync(response, 401, "signature_invalid")).GetProperty("deliveryId").GetGuid();
    }

    private async Task AssertLedgerAsync(TestSource source, long received, long accepted, long quarantined)
    {
        var ledger = await Hub.SendAsync(HttpMethod.Get, "/api/v1/ledger");
        var entry = ledger.GetProperty("sources").EnumerateArray().Single(entry => entry.GetProperty("sourceId").GetGuid() == source.Id);
        Assert.True(entry.GetProperty("closes").GetBoolean(), entry.ToString());
        Assert.Equal(
            (received, accepted, quarantined),
            (entry.GetProperty("received").GetInt64(), entry.GetProperty("accepted").GetInt64(), entry.GetProperty("quarantined").GetInt64())
        );
    }
}
