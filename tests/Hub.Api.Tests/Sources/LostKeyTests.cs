using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Hub.Api.Tests.Sources;

/// <summary>The key ring was restored without its newest key.</summary>
public sealed class LostKeyTests
{
    private const string Old = "the-old-secret-of-the-sender-ABC";
    private const string New = "the-new-secret-of-the-sender-XYZ";
    private const string Token = "xoxb-a-token-under-the-lost-key";
    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public async Task KeyRing_WithoutItsNewestKey_LosesNoEventAndIsMendedByTheApi()
    {
        await using var hub = await TestHub.StartAsync();
        var both = await hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Old}}"]}""");
        var newKey = await AddKeyAsync(hub);
        await hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{both.Id}/secrets", $$"""{"secret":"{{New}}"}""");
        var lost = await hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{New}}"]}""");
        var notion = await hub.AddSourceAsync("""{"scheme":"notion"}""");
        using (await hub.PostAsync(notion, """{"verification_token":"secret_handed_over"}"""u8.ToArray())) { }

        var aside = await QuarantineAsync(hub, both);
        var credential = (
            await hub.SendAsync(HttpMethod.Post, "/api/v1/credentials", $$"""{"name":"team","connector":"slack","fields":{"token":"{{Token}}"} }""")
        )
            .GetProperty("id")
            .GetGuid();

        await hub.StopAsync();
        File.Move(newKey, newKey + ".lost");
        await hub.StartAsync();

        Assert.Contains("1 secrets of Source 'source-1' cannot be decrypted", hub.Log.Text, StringComparison.Ordinal);
        Assert.Contains("1 secrets of Source 'source-2' cannot be decrypted", hub.Log.Text, StringComparison.Ordinal);
        Assert.Contains("1 secrets of Source 'source-2' (its address) cannot be decrypted", hub.Log.Text, StringComparison.Ordinal);
        Assert.Contains("1 secrets of credential 'team' cannot be decrypted", hub.Log.Text, StringComparison.Ordinal);
        await hub.DeliverAsync(both, Body, "", ("X-Hub-Signature-256", Sign(Old)));
        await UnavailableAsync(hub, both, New);
        await UnavailableAsync(hub, lost, New);
        await UnavailableAsync(hub, lost, Old);
        var shown = await SourceAsync(hub, both);
        Assert.StartsWith("1 of 2 secrets cannot be decrypted", shown.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, shown.GetProperty("signature").GetProperty("secretCount").GetInt32());
        Assert.StartsWith("1 of 1 secrets cannot be decrypted", (await SourceAsync(hub, lost)).GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal([true, false], (await SecretsAsync(hub, both)).Select(secret => secret.GetProperty("unreadable").GetBoolean()));
        var handshake = Assert.Single((await hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{notion.Id}/handshakes")).EnumerateArray());
        Assert.Equal(JsonValueKind.Null, handshake.GetProperty("secret").ValueKind);
        using (var release = await hub.Api.PostAsync($"/api/v1/deliveries/{aside}/release", null, TestContext.Current.CancellationToken))
        {
            Assert.Equal("unreadable", (await JsonAsync(release, 409)).GetProperty("code").GetString());
        }

        await MendCredentialAsync(hub, credential);
        await MendSourceAsync(hub, lost);

        await hub.StopAsync();
        File.Move(newKey + ".lost", newKey);
        await hub.StartAsync();
        await hub.DeliverAsync(both, Body, "", ("X-Hub-Signature-256", Sign(New)));
        Assert.Equal(JsonValueKind.Null, (await SourceAsync(hub, both)).GetProperty("problem").ValueKind);
    }

    /// <summary>A new key, and a hub that encrypts with it. Gives the key's file.</summary>
    private static async Task<string> AddKeyAsync(TestHub hub)
    {
        var before = Directory.GetFiles(hub.KeyRing);
        var now = TimeProvider.System.GetUtcNow();
        hub.Get<IKeyManager>().CreateNewKey(now, now.AddDays(90));
        await hub.RestartAsync();
        return Assert.Single(Directory.GetFiles(hub.KeyRing).Except(before, StringComparer.Ordinal));
    }

    /// <summary>A refused request of which a header is kept encrypted.</summary>
    private static async Task<Guid> QuarantineAsync(TestHub hub, TestSource source)
    {
        using var refused = await hub.PostAsync(source, Body, "", ("X-Hub-Signature-256", Sign("a-third-secret")), ("Authorization", "Bearer of-a-proxy"));
        return (await JsonAsync(refused, 401)).GetProperty("deliveryId").GetGuid();
    }

    private static async Task MendCredentialAsync(TestHub hub, Guid id)
    {
        Assert.True(Credential(await hub.SendAsync(HttpMethod.Get, "/api/v1/credentials")).GetProperty("unreadable").GetBoolean());
        const string Steps = """[{ "id": "post", "type": "slack.post_message", "credential": "team", "with": { "channel": "#a", "text": "x" } }]""";
        var execution = await hub.RunAsync(Steps);
        Assert.Equal("credential_unreadable", execution.GetProperty("error").GetProperty("code").GetString());
        await hub.SendAsync(HttpMethod.Put, $"/api/v1/credentials/{id}", $$"""{"fields":{"token":"{{Token}}-2"} }""");
        Assert.False(Credential(await hub.SendAsync(HttpMethod.Get, "/api/v1/credentials")).GetProperty("unreadable").GetBoolean());
        Assert.DoesNotContain(Token, hub.Log.Text, StringComparison.Ordinal);

        static JsonElement Credential(JsonElement list) => Assert.Single(list.GetProperty("items").EnumerateArray());
    }

    private static async Task MendSourceAsync(TestHub hub, TestSource source)
    {
        var unreadable = Assert.Single(await SecretsAsync(hub, source)).GetProperty("id").GetGuid();
        using (var alone = await hub.Api.DeleteAsync($"/api/v1/sources/{source.Id}/secrets/{unreadable}", TestContext.Current.CancellationToken))
        {
            Assert.Equal("secret_last", (await JsonAsync(alone, 409)).GetProperty("code").GetString());
        }

        await hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", $$"""{"secret":"{{New}}"}""");
        await hub.SendAsync(HttpMethod.Delete, $"/api/v1/sources/{source.Id}/secrets/{unreadable}");
        await hub.DeliverAsync(source, Body, "", ("X-Hub-Signature-256", Sign(New)));

        // Its address cannot be shown, which is no reason not to receive.
        Assert.Contains("rotate-address", (await SourceAsync(hub, source)).GetProperty("problem").GetString(), StringComparison.Ordinal);
        await hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/rotate-address");
        Assert.Equal(JsonValueKind.Null, (await SourceAsync(hub, source)).GetProperty("problem").ValueKind);
        using var forged = await hub.PostAsync(source, Body, "", ("X-Hub-Signature-256", Sign("a-third-secret")));
        Assert.Equal("signature_invalid", (await JsonAsync(forged, 401)).GetProperty("code").GetString());
    }

    private static async Task UnavailableAsync(TestHub hub, TestSource source, string secret)
    {
        using var response = await hub.PostAsync(source, Body, "", ("X-Hub-Signature-256", Sign(secret)));
        Assert.Equal("secret_unreadable", (await JsonAsync(response, 503)).GetProperty("code").GetString());
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 60, 72);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, $"{status} was expected, {(int)response.StatusCode} came: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static Task<JsonElement> SourceAsync(TestHub hub, TestSource source) => hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}");

    private static async Task<JsonElement[]> SecretsAsync(TestHub hub, TestSource source) =>
        [.. (await hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/secrets")).EnumerateArray()];

    private static string Sign(string secret) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Body));
}
