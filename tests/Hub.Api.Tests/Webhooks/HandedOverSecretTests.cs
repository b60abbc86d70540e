using System.Security.Cryptography;
using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Credentials;

namespace Hub.Api.Tests.Webhooks;

/// <summary>Secrets that a provider hands over are shown to the operator, and bounded.</summary>
public sealed class HandedOverSecretTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Secret = "9hR2xkVh3qT7wLmZ";

    [Fact]
    public async Task Notion_VerificationToken_IsShownToTheOperatorAndNeverAdoptedUnasked()
    {
        const string Token = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl";
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"notion\"}");
        for (var i = 0; i < 2; i++)
        {
            using var response = await SendAsync(HttpMethod.Post, source, "", Json($$"""{"verification_token":"{{Token}}"}"""));
            Assert.Equal("", await TextAsync(response, 200));
        }

        var body = """{"id":"367cba44","type":"page.created"}"""u8.ToArray();
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Token), body));
        using (var unasked = await Hub.PostAsync(source, body, "", ("X-Notion-Signature", signature)))
        {
            await ProblemAsync(unasked, 401, "signature_invalid");
        }

        using (var keyless = await Hub.Web.GetAsync($"/api/v1/sources/{source.Id}/handshakes", Cancel))
        {
            await ProblemAsync(keyless, 401, "unauthorized");
        }

        var shown = Assert.Single((await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/handshakes")).EnumerateArray());
        Assert.Equal(("verification_token", Token), (shown.GetProperty("handshake").GetString(), shown.GetProperty("secret").GetString()));
        Assert.True(TimeProvider.System.GetUtcNow() - shown.GetProperty("receivedAt").GetDateTimeOffset() < TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(
            Token,
            (string)(await Hub.AskAsync("SELECT encode(protected, 'escape') FROM hub.source_handshakes WHERE source_id = $1", source.Id))!,
            StringComparison.Ordinal
        );

        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", $$"""{"secret":"{{Token}}"}""");
        await Hub.DeliverAsync(source, body, "", ("X-Notion-Signature", signature));
        Assert.Empty((await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/handshakes")).EnumerateArray());
        using (var again = await SendAsync(HttpMethod.Post, source, "", Json($$"""{"verification_token":"{{Token}}"}""")))
        {
            Assert.Equal("", await TextAsync(again, 200));
        }

        Assert.Empty((await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/handshakes")).EnumerateArray());
        Assert.Equal(1, await DeliveriesAsync(source));
        Assert.DoesNotContain(Token, Hub.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandedOverSecrets_Many_AreBounded()
    {
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"notion\"}");
        for (var i = 0; i < 9; i++)
        {
            using var response = await SendAsync(HttpMethod.Post, source, "", Json($$"""{"verification_token":"token-{{i}}"}"""));
            Assert.Equal(200, (int)response.StatusCode);
        }

        // The last ones come beyond the rate, and are answered all the same.
        var shown = (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/handshakes"))
            .EnumerateArray()
            .Select(item => item.GetProperty("secret").GetString())
            .ToList();
        Assert.Contains("token-0", shown);
        Assert.InRange(shown.Count, 5, 7);
    }

    [Fact]
    public async Task HandedOverSecrets_OfAStranger_DoNotPushOutTheFirst()
    {
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"notion\"}");
        var time = new ManualTime();
        var secrets = new HandshakeSecrets(Hub.Get<HubDatabase>(), Hub.Get<SecretVault>(), Hub.Get<SecretReader>(), time);
        for (var i = 0; i < 12; i++)
        {
            await secrets.KeepAsync(source.Id, "verification", $"token-{i}", time.GetUtcNow(), Cancel);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/handshakes");
        Assert.Equal(
            ["token-11", "token-10", "token-9", "token-8", "token-7", "token-1", "token-0"],
            shown.EnumerateArray().Select(item => item.GetProperty("secret").GetString())
        );
        Assert.Equal(7L, await Hub.AskAsync("SELECT count(*) FROM hub.source_handshakes WHERE source_id = $1", source.Id));
        time.Advance(TimeSpan.FromHours(2));
        await secrets.KeepAsync(source.Id, "verification", "late", time.GetUtcNow(), Cancel);
        Assert.Equal(5L, await Hub.AskAsync("SELECT count(*) FROM hub.source_handshakes WHERE source_id = $1", source.Id));
    }

    private Task<TestSource> SourceAsync(string scheme) => AddSourceAsync($$"""  "signature":{"scheme":"{{scheme}}","secrets":["{{Secret}}"]}  """);

    private static async Task<string> TextAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(status == (int)response.StatusCode, $"{status} was expected, {(int)response.StatusCode} came: {text}");
        return text;
    }
}
