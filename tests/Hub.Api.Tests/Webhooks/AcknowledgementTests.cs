using System.Security.Cryptography;

namespace Hub.Api.Tests.Webhooks;

/// <summary>Deliveries are answered as their provider insists.</summary>
public sealed class AcknowledgementTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Secret = "9hR2xkVh3qT7wLmZ";

    [Fact]
    public async Task Linear_Delivery_IsAnsweredWithThe200ThatItInsistsOn()
    {
        var source = await SourceAsync("linear");
        var body = $$"""{"action":"create","webhookTimestamp":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}""";
        using var response = await SendAsync(HttpMethod.Post, source, "", Json(body), ("Linear-Signature", Hex(body)));
        Assert.Equal("", await TextAsync(response, 200));
        Assert.Equal(1, await DeliveriesAsync(source));
    }

    [Theory]
    [InlineData("xero", "x-xero-signature", "", """{"events":[{"eventType":"UPDATE"}],"lastEventSequence":7}""")]
    [InlineData("whatsapp-meta", "X-Hub-Signature-256", "sha256=", """{"object":"page"}""")]
    [InlineData("asana", "X-Hook-Signature", "hex", """{"events":[{"action":"changed"}]}""")]
    public async Task Delivery_OfAProviderThatInsistsOn200_IsAnsweredSo(string scheme, string header, string prefix, string body)
    {
        var source = await SourceAsync(scheme);
        var signature =
            prefix.Length == 0 ? Convert.ToBase64String(Convert.FromHexString(Hex(body)))
            : prefix == "hex" ? Hex(body)
            : prefix + Hex(body);
        using var response = await SendAsync(HttpMethod.Post, source, "", Json(body), (header, signature));
        Assert.Equal("", await TextAsync(response, 200));
        Assert.Equal(1, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task Adyen_Delivery_IsAcknowledgedAsItInsists()
    {
        var key = new string('A', 64);
        var source = await AddSourceAsync($$"""  "signature":{"scheme":"adyen-platform","secrets":["{{key}}"]},"dedupe":"body:/data/id"  """);
        var body = """{"type":"balancePlatform.accountHolder.created","data":{"id":"1"}}"""u8.ToArray();
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromHexString(key), body));
        for (var i = 0; i < 2; i++)
        {
            using var response = await Hub.PostAsync(source, body, "", ("HmacSignature", signature));
            Assert.Contains("accepted", await TextAsync(response, (int)response.StatusCode), StringComparison.Ordinal);
            Assert.True(response.IsSuccessStatusCode);
        }

        Assert.Equal(1, await DeliveriesAsync(source));
    }

    private Task<TestSource> SourceAsync(string scheme) => AddSourceAsync($$"""  "signature":{"scheme":"{{scheme}}","secrets":["{{Secret}}"]}  """);

    private static string Hex(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));

    private static async Task<string> TextAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(status == (int)response.StatusCode, $"{status} was expected, {(int)response.StatusCode} came: {text}");
        return text;
    }
}
