using System.Security.Cryptography;

namespace Hub.Api.Tests.Webhooks;

/// <summary>A hub that was told its public address and its proxies, with a small grace for slow bodies.</summary>
public sealed class ProxiedHubTests : IAsyncLifetime
{
    private const string Secret = "9hR2xkVh3qT7wLmZ";

    private TestHub _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _hub = await TestHub.StartAsync(
            ("Hub:PublicUrl", "https://hooks.example.com/"),
            ("Hub:TrustedProxies:0", "127.0.0.1"),
            ("Hub:TrustedProxies:1", "10.9.0.0/16"),
            ("Hub:Limits:MaxHeaders", "30"),
            ("Hub:Limits:MinBodyRate", "100000"),
            ("Hub:Limits:BodyWindow", "00:00:02")
        );

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task SignedUrl_IsThePublicOne_WhateverTheRequestSays()
    {
        var source = await _hub.AddSourceAsync($$"""{"scheme":"generic-hmac","signed":"{body}{url}","secrets":["{{Secret}}"]}""");
        var body = """{"action":{"id":"1"}}"""u8.ToArray();
        string Sign(string host) =>
            Convert.ToHexStringLower(
                HMACSHA256.HashData(
                    Encoding.UTF8.GetBytes(Secret),
                    (byte[])[.. body, .. Encoding.UTF8.GetBytes($"{host}/webhooks/incoming/{source.Token}?a=b%20c")]
                )
            );
        await _hub.DeliverAsync(
            source,
            body,
            "?a=b%20c",
            ("X-Signature", Sign("https://hooks.example.com")),
            ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Proto", "http")
        );
        foreach (var host in new[] { "https://evil.example", "http://evil.example", _hub.Url.GetLeftPart(UriPartial.Authority) })
        {
            using var response = await _hub.PostAsync(
                source,
                body,
                "?a=b%20c",
                ("X-Signature", Sign(host)),
                ("Host", "evil.example"),
                ("X-Forwarded-Host", "evil.example")
            );
            Assert.Equal(401, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task SignedUrl_OfAnAddressThatEnded_IsJudgedAgainOutOfQuarantine()
    {
        const string Mended = "the secret that the sender has";
        var source = await _hub.AddSourceAsync($$"""{"scheme":"generic-hmac","signed":"{url}{body}","secrets":["{{Secret}}"]}""");
        var signed = Encoding.UTF8.GetBytes($"https://hooks.example.com/webhooks/incoming/{source.Token}?a=b{{}}");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Mended), signed));
        using var refused = await _hub.PostAsync(source, "{}"u8.ToArray(), "?a=b", ("X-Signature", signature));
        var id = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("deliveryId").GetGuid();
        await _hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", $$"""{"secret":"{{Mended}}"}""");
        await _hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/rotate-address", """{"overlapSeconds":0}""");
        Assert.Equal("accepted", (await _hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/release")).GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Trello_Head_IsAnswered()
    {
        var source = await _hub.AddSourceAsync($$"""{"scheme":"trello","secrets":["{{Secret}}"]}""");
        using var head = await _hub.Web.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/webhooks/incoming/{source.Token}"), Cancel);
        Assert.Equal(200, (int)head.StatusCode);
    }

    [Theory]
    [InlineData(null, 403)]
    [InlineData("", 403)]
    [InlineData("203.0.113.7", 202)]
    [InlineData("203.0.113.7:4711", 202)]
    [InlineData("::ffff:203.0.113.7", 202)]
    [InlineData("198.51.100.1, 203.0.113.7", 202)]
    [InlineData("203.0.113.7, 198.51.100.1", 403)]
    [InlineData("203.0.113.7, 10.9.1.1", 202)]
    [InlineData("203.0.113.7,10.9.1.1,127.0.0.1", 202)]
    [InlineData("203.0.113.7, unknown", 403)]
    [InlineData("203.0.113.7, , 10.9.1.1", 403)]
    [InlineData("unknown, 203.0.113.7", 202)]
    [InlineData("2001:db8::1", 202)]
    [InlineData("[2001:db8::1]:443", 202)]
    public async Task Sender_BehindProxies_IsTheLastThatNoneOfThemIs(string? forwarded, int status)
    {
        var source = await SourceAsync("\"allowedAddresses\":[\"203.0.113.0/24\",\"2001:db8::/64\"]");
        (string, string)[] headers = forwarded is null ? [] : [("X-Forwarded-For", forwarded)];
        using var response = await _hub.PostAsync(source, "{}"u8.ToArray(), "", headers);
        Assert.True(status == (int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Headers_TooMany_Are431()
    {
        var source = await _hub.AddSourceAsync();
        using var response = await _hub.PostAsync(source, "{}"u8.ToArray(), "", [.. Enumerable.Range(0, 40).Select(i => ($"X-{i}", "v"))]);
        Assert.Equal(431, (int)response.StatusCode);
    }

    [Fact]
    public async Task Body_ThatDrips_IsCutOff()
    {
        var source = await _hub.AddSourceAsync();
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(_hub.Url.Host, _hub.Url.Port, Cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST /webhooks/incoming/{source.Token} HTTP/1.1\r\nHost: hub\r\nContent-Length: 1000\r\n\r\nx"),
            Cancel
        );
        using var reader = new StreamReader(stream);

        // The rest of the body never comes, so that the connection may end by a reset once it has the answer.
        var answer = await reader.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Equal(0L, await _hub.AskAsync("SELECT count(*) FROM hub.deliveries WHERE source_id = $1", source.Id));
    }

    private async Task<TestSource> SourceAsync(string settings)
    {
        var created = await _hub.SendAsync(HttpMethod.Post, "/api/v1/sources", $$"""{"name":"proxied","signature":{"scheme":"none"},{{settings}}}""");
        return new TestSource(created.GetProperty("id").GetGuid(), "proxied", created.GetProperty("token").GetString()!);
    }
}
