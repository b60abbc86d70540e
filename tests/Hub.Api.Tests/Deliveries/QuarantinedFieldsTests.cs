using System.Security.Cryptography;

namespace Hub.Api.Tests.Deliveries;

/// <summary>What a refused request says of itself is shown as of one that was let in.</summary>
public sealed class QuarantinedFieldsTests(HubFixture fixture) : HubTest(fixture)
{
    [Theory]
    [InlineData("github", "provider", "push", "72d3162e")]
    [InlineData("github", "body:/id", "push", "e1")]
    [InlineData("github", "body:/items/1/id", "push", "batch:")]
    [InlineData("github", null, "push", null)]
    [InlineData("intercom", "body:/id", "conversation.created", "e1")]
    public async Task Refused_ShownInListDetailAndExport_HasItsEventAndId(string scheme, string? dedupe, string? eventType, string? key)
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"{{scheme}}","secrets":["a secret that is out of date"]}""", dedupe);
        var id = await RefusedAsync(
            source,
            """{"id":"e1","topic":"conversation.created","items":[{"id":1},{"id":2}]}""",
            ("X-Hub-Signature-256", "sha256=" + new string('0', 64)),
            ("X-Hub-Signature", "sha1=" + new string('0', 40)),
            ("X-GitHub-Event", "push"),
            ("X-GitHub-Delivery", "72d3162e")
        );
        var listed = Assert.Single(
            (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries?source={source.Id}&verdict=quarantined")).GetProperty("items").EnumerateArray()
        );
        var detail = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}");
        var exported = JsonDocument.Parse((await Hub.Api.GetStringAsync($"/api/v1/deliveries/export?source={source.Id}", Cancel)).Split('\n')[0]).RootElement;
        foreach (var shown in new[] { listed, detail, exported })
        {
            Assert.Equal((id, eventType), (shown.GetProperty("id").GetGuid(), shown.GetProperty("eventType").GetString()));
            var shownKey = shown.GetProperty("dedupeKey").GetString();
            Assert.Equal(key, key == "batch:" ? shownKey?[..6] : shownKey);
        }
    }

    /// <summary>Lists do not read large bodies; the request itself shows what it says.</summary>
    [Fact]
    public async Task Refused_WithALargeBody_TellsWhenItIsAskedForAlone()
    {
        var source = await Hub.AddSourceAsync("""{"scheme":"github","secrets":["a secret that is out of date"]}""", "body:/id");
        var id = await RefusedAsync(
            source,
            $$"""{"id":"e1","text":"{{new string('x', 100_000)}}"}""",
            ("X-Hub-Signature-256", "sha256=" + new string('0', 64))
        );
        var listed = (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries?source={source.Id}")).GetProperty("items")[0];
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("dedupeKey").ValueKind);
        Assert.Equal("e1", (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}")).GetProperty("dedupeKey").GetString());
    }

    [Fact]
    public async Task Refused_OfASourceThatWasDeleted_IsStillShown()
    {
        var source = await Hub.AddSourceAsync("""{"scheme":"github","secrets":["a secret that is out of date"]}""", "provider");
        var id = await RefusedAsync(source, "{}", ("X-Hub-Signature-256", "sha256=" + new string('0', 64)), ("X-GitHub-Event", "push"));
        await Hub.SendAsync(HttpMethod.Delete, $"/api/v1/sources/{source.Id}");
        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}");
        Assert.Equal((JsonValueKind.Null, source.Name), (shown.GetProperty("eventType").ValueKind, shown.GetProperty("sourceName").GetString()));
    }

    /// <summary>A secret that was rotated away is told apart from one that was never there.</summary>
    [Theory]
    [InlineData("github", "X-Hub-Signature-256")]
    [InlineData("gitlab-token", "X-Gitlab-Token")]
    public async Task Refused_SignedWithASecretThatEnded_SaysSinceWhenAndIsLetInWhenThatIsAddedAgain(string scheme, string header)
    {
        const string Old = "the secret before the rotation";
        var source = await Hub.AddSourceAsync($$"""{"scheme":"{{scheme}}","secrets":["{{Old}}"]}""");
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", """{"secret":"the secret after the rotation","expireOthersAfter":"0s"}""");
        var signed = scheme == "github" ? "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Old), "{}"u8)) : Old;
        var id = await RefusedAsync(source, "{}", (header, signed));
        var finding = (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}")).GetProperty("diagnosis")[0];
        Assert.Equal(("expired_secret", true), (finding.GetProperty("cause").GetString(), finding.GetProperty("proven").GetBoolean()));
        Assert.Matches(
            @"a secret of this Source that ended at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\. .*add the old one again",
            finding.GetProperty("sentence").GetString()
        );
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", $$"""{"secret":"{{Old}}"}""");
        Assert.Equal("accepted", (await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/release")).GetProperty("verdict").GetString());
    }

    private async Task<Guid> RefusedAsync(TestSource source, string body, params (string Name, string Value)[] headers)
    {
        using var response = await Hub.PostAsync(source, Encoding.UTF8.GetBytes(body), headers: headers);
        return (await ProblemAsync(response, 401, "signature_invalid")).GetProperty("deliveryId").GetGuid();
    }
}
