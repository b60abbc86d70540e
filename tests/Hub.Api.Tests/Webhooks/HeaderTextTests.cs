using System.Security.Cryptography;

namespace Hub.Api.Tests.Webhooks;

/// <summary>Headers whose bytes are above 127, as old senders write names: taken, shown, signed and answered.</summary>
public sealed class HeaderTextTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Secret = "the secret of the sender";

    /// <summary>Bytes as characters: ISO 8859-1, the same in UTF-8, beyond Latin, and what is neither.</summary>
    public static TheoryData<string, string> Texts =>
        new()
        {
            { "Zo\xEB", "Zoë" },
            { "Zo\xC3\xAB", "Zoë" },
            { "\xC5\x81\xC3\u00B3d\xC5\xBA", "Łódź" },
            { "\xE9\xA9\xFF\x80", "é©ÿ\u0080" },
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Header_AboveAscii_IsKeptAndGivenToTheWorkflow(string sent, string text)
    {
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"none\"},\"dedupe\":\"header:X-Name\"");
        await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"name":"{{ trigger.headers['x-name'] }}"}}]""", source);
        var delivery = await AcceptedAsync(source, $"X-Name: {sent}");
        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{delivery}");
        Assert.Equal(text, shown.GetProperty("headers").GetProperty("x-name").GetString());
        Assert.Equal(text, shown.GetProperty("dedupeKey").GetString());
        var exported = await Hub.Api.GetStringAsync($"/api/v1/deliveries/export?source={source.Name}", Cancel);
        Assert.Equal(text, JsonDocument.Parse(exported.Split('\n')[0]).RootElement.GetProperty("headers").GetProperty("x-name").GetString());
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync(delivery));
        Assert.Equal(text, execution.Step("a").GetProperty("output").GetProperty("name").GetString());
        Assert.Equal(delivery, await AcceptedAsync(source, $"X-Name: {sent}", status: 200));
    }

    [Theory]
    [InlineData("Zo\xEB")]
    [InlineData("Zo\xC3\xAB")]
    [InlineData("\xC5\x81\xC3\u00B3d\xC5\xBA")]
    [InlineData("\xE9\xA9\xFF\x80")]
    public async Task Signature_OverAHeader_IsOverItsBytes(string sent)
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"generic-hmac","signed":"{header:X-Name}.{body}","secrets":["{{Secret}}"]}""");
        await AcceptedAsync(source, $"X-Name: {sent}\r\nX-Signature: {Sign(sent)}");
        var forged = await PostAsync(source, $"X-Name: {sent}!\r\nX-Signature: {Sign(sent)}");
        Assert.StartsWith("HTTP/1.1 401", forged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quarantine_Header_IsShownAndStillVerifies()
    {
        var source = await Hub.AddSourceAsync("""{"scheme":"generic-hmac","signed":"{header:X-Name}.{body}","secrets":["another secret"]}""");
        var refused = await PostAsync(source, $"X-Name: Zo\xEB\r\nX-Signature: {Sign("Zo\xEB")}");
        Assert.StartsWith("HTTP/1.1 401", refused, StringComparison.Ordinal);
        var id = JsonDocument.Parse(BodyOf(refused)).RootElement.GetProperty("deliveryId").GetGuid();
        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}");
        Assert.Equal("Zoë", shown.GetProperty("headers").GetProperty("x-name").GetString());
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", $$"""{"secret":"{{Secret}}"}""");
        Assert.Equal("accepted", (await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/release")).GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("X-Name: a\0b")]
    [InlineData("X-N\xE4me: a")]
    public async Task Header_ThatNoTextIs_Is400(string header)
    {
        var answer = await PostAsync(await Hub.AddSourceAsync(), header);
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Respond_HeaderAboveAscii_GoesOutInLatin1()
    {
        var source = await AddSourceAsync("""  "signature":{"scheme":"none"},"respond":{"mode":"step","waitSeconds":10}  """);
        await Hub.AddWorkflowAsync("""[{"id":"r","type":"respond","with":{"headers":{"X-Name":"{{ trigger.headers['x-name'] }}"}}}]""", source);
        var answer = await PostAsync(source, "X-Name: Zo\xEB");
        Assert.Contains("\r\nX-Name: Zo\xEB\r\n", answer, StringComparison.Ordinal);
        var beyond = await PostAsync(source, "X-Name: \xC5\x81");
        Assert.Contains("\"failed\"", beyond, StringComparison.Ordinal);
    }

    private async Task<Guid> AcceptedAsync(TestSource source, string headers, int status = 202)
    {
        var answer = await PostAsync(source, headers);
        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        return JsonDocument.Parse(BodyOf(answer)).RootElement.GetProperty("deliveryId").GetGuid();
    }

    private Task<string> PostAsync(TestSource source, string headers) =>
        RawHttp.SendAsync(
            Hub.Url,
            $"POST /webhooks/incoming/{source.Token} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Length: 2\r\n{headers}\r\n\r\n{{}}",
            Cancel
        );

    /// <summary>An answer without a length comes in chunks: what lies between the braces is the body.</summary>
    private static string BodyOf(string answer) => answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)];

    private static string Sign(string name) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.Latin1.GetBytes(name + ".{}")));
}
