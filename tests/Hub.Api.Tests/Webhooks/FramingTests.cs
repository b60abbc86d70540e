namespace Hub.Api.Tests.Webhooks;

/// <summary>Bodies whose end is not where HTTP says it is. What follows on the connection is never taken for another request.</summary>
public sealed class FramingTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Next = "GET /health HTTP/1.1\r\nHost: hub\r\n\r\n";

    [Theory]
    [InlineData("80000000\r\nabc\r\n0\r\n\r\n", 413, "body_too_large")]
    [InlineData("FFFFFFFF\r\nabc\r\n0\r\n\r\n", 413, "body_too_large")]
    [InlineData("FFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n", 413, "body_too_large")]
    [InlineData("00000000002\r\n{}\r\n0\r\n\r\n", 400, "framing_invalid")]
    [InlineData("zz\r\nabc\r\n0\r\n\r\n", 400, "framing_invalid")]
    [InlineData("-1\r\nabc\r\n0\r\n\r\n", 400, "framing_invalid")]
    [InlineData("2\r\n{}XX0\r\n\r\n", 400, "framing_invalid")]
    public async Task Chunks_Malformed_AreRefusedAndTheConnectionCloses(string body, int status, string code)
    {
        var source = await Hub.AddSourceAsync();
        foreach (var path in new[] { PathOf(source), "/api/v1/workflows", "/api/v1/sources" })
        {
            var answer = await SendAsync(path, $"{Key}Content-Type: application/json\r\nTransfer-Encoding: chunked", body);
            Assert.True(status == answer.Status, answer.Text);
            AssertLast(answer, code);
        }

        Assert.Equal(0, await DeliveriesAsync(source));
        Assert.DoesNotContain("met an unexpected error", Hub.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity, chunked")]
    [InlineData("gzip, chunked")]
    [InlineData("chunked\r\nTransfer-Encoding: chunked")]
    [InlineData("chunked, chunked")]
    public async Task TransferEncoding_NotChunkedAlone_IsRefusedAndTheConnectionCloses(string coding)
    {
        var source = await Hub.AddSourceAsync();
        var answer = await SendAsync(PathOf(source), $"Transfer-Encoding: {coding}", "2\r\n{}\r\n0\r\n\r\n");
        Assert.Equal(400, answer.Status);
        AssertLast(answer, "framing_invalid");
        Assert.Equal(0, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task TransferEncoding_InHttp10_IsRefusedAndTheConnectionCloses()
    {
        var source = await Hub.AddSourceAsync();
        var answer = await RawExchange.SendAsync(
            Hub.Url,
            $"POST {PathOf(source)} HTTP/1.0\r\nHost: hub\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n{Next}",
            answers: 2,
            Cancel
        );
        Assert.Equal(400, answer.Status);
        AssertLast(answer, "framing_invalid");
        Assert.Equal(0, await DeliveriesAsync(source));
    }

    [Theory]
    [InlineData("Content-Length: 20", "{\"half\":")]
    [InlineData("Transfer-Encoding: chunked", "20\r\n{\"half\":")]
    [InlineData("Transfer-Encoding: chunked", "2\r\n{}\r\n")]
    public async Task Body_BrokenOff_IsNotKeptAndNoErrorOfTheHub(string header, string body)
    {
        var source = await Hub.AddSourceAsync();
        var answer = await RawExchange.SendAsync(
            Hub.Url,
            $"POST {PathOf(source)} HTTP/1.1\r\nHost: hub\r\n{header}\r\n\r\n{body}",
            answers: 2,
            Cancel,
            endsAfterwards: true
        );

        // To the server a sender that says no more is gone: there is nobody to answer.
        Assert.Equal(new RawExchange("", IsClosed: true), answer);
        Assert.Equal(0, await DeliveriesAsync(source));
        Assert.DoesNotContain("met an unexpected error", Hub.Log.Text, StringComparison.Ordinal);
    }

    /// <summary>These the server refuses itself, before the hub sees them.</summary>
    [Theory]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Content-Length: -2")]
    [InlineData("Content-Length: 2, 2")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3")]
    [InlineData("Content-Length: 99999999999999999999")]
    public async Task Length_Unclear_IsRefusedAndTheConnectionCloses(string header)
    {
        var answer = await SendAsync(PathOf(await Hub.AddSourceAsync()), header, "{}");
        Assert.Equal((400, 1, true), (answer.Status, answer.Answers, answer.IsClosed));
    }

    [Fact]
    public async Task Length_AndChunks_AreReadAsChunksAndTheConnectionCloses()
    {
        var source = await Hub.AddSourceAsync();
        var answer = await SendAsync(PathOf(source), "Content-Length: 5\r\nTransfer-Encoding: chunked", "2\r\n{}\r\n0\r\n\r\n");
        Assert.Equal((202, 1, true), (answer.Status, answer.Answers, answer.IsClosed));
        Assert.Equal(2, await Hub.AskAsync("SELECT octet_length(body) FROM hub.deliveries WHERE source_id = $1", source.Id));
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: Chunked", "2;a=b\r\n{}\r\n0\r\nX-Trailer: b\r\n\r\n")]
    [InlineData("Content-Length: 2", "{}")]
    public async Task Body_WellFramed_IsTakenAndTheConnectionStays(string header, string body)
    {
        var answer = await SendAsync(PathOf(await Hub.AddSourceAsync()), header, body);
        Assert.Equal((202, 2, false), (answer.Status, answer.Answers, answer.IsClosed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_TooLarge_IsRefusedAndTheConnectionCloses(bool isChunked)
    {
        const int Size = 0x200000;
        var body = new string('x', Size);
        var path = PathOf(await Hub.AddSourceAsync());
        var answer = isChunked
            ? await SendAsync(path, "Transfer-Encoding: chunked", $"{Size:X}\r\n{body}\r\n0\r\n\r\n")
            : await SendAsync(path, $"Content-Length: {Size}", body);
        Assert.Equal(413, answer.Status);
        AssertLast(answer, "body_too_large");
    }

    private static string Key => $"Authorization: Bearer {TestHub.AdminKey}\r\n";

    private static string PathOf(TestSource source) => $"/webhooks/incoming/{source.Token}";

    private Task<RawExchange> SendAsync(string path, string headers, string body) =>
        RawExchange.SendAsync(Hub.Url, $"POST {path} HTTP/1.1\r\nHost: hub\r\n{headers}\r\n\r\n{body}{Next}", answers: 2, Cancel);

    private static void AssertLast(RawExchange answer, string code)
    {
        Assert.True(answer is { Answers: 1, IsClosed: true }, answer.Text);
        Assert.Contains("Connection: close", answer.Text, StringComparison.Ordinal);
        Assert.Contains($"\"code\":\"{code}\"", answer.Text, StringComparison.Ordinal);
    }
}
