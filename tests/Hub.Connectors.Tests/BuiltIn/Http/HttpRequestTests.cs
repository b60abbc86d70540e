using System.Text.Json;
using Hub.Connectors.Tests.StandIns;
using Microsoft.AspNetCore.Http;

namespace Hub.Connectors.Tests.BuiltIn.Http;

public sealed class HttpRequestTests : IDisposable
{
    private readonly TestHub hub = new();

    [Theory]
    [InlineData("", "GET")]
    [InlineData(""", "body": "x" """, "POST")]
    [InlineData(""", "method": "delete" """, "DELETE")]
    [InlineData(""", "method": "PATCH", "body": null """, "PATCH")]
    public async Task Method_Default_GetOrPostWithBody(string more, string expected)
    {
        await using var server = await StandIn.AnsweringAsync("{}");

        await RunAsync(server, "", more);

        Assert.Equal(expected, server.Single.Method);
    }

    [Fact]
    public async Task Query_Values_AppendedEncoded()
    {
        await using var server = await StandIn.AnsweringAsync("{}");

        await RunAsync(server, "p?have=1#part", """, "query": { "q": "a&b =ü", "n": 1.50, "on": true, "tag": ["x", 2], "no": null } """);

        Assert.Equal("/p?have=1&q=a%26b%20%3D%C3%BC&n=1.50&on=true&tag=x&tag=2", server.Single.PathAndQuery);
    }

    [Theory]
    [InlineData("\"text\"", null, "text/plain; charset=utf-8", "text")]
    [InlineData("[1, 2]", null, "application/json", "[1, 2]")]
    [InlineData("12.0", null, "application/json", "12.0")]
    [InlineData("false", null, "application/json", "false")]
    [InlineData("\"<a/>\"", "application/xml", "application/xml", "<a/>")]
    [InlineData("{}", "application/vnd.api+json", "application/vnd.api+json", "{}")]
    public async Task Body_Value_SentAs(string body, string? contentType, string expectedType, string expected)
    {
        await using var server = await StandIn.AnsweringAsync("{}");
        var headers = contentType is null ? "" : $$""", "headers": { "content-type": "{{contentType}}" }""";

        await RunAsync(server, "", $$""", "body": {{body}} {{headers}}""");

        Assert.Equal((expectedType, expected), (server.Single.Header("Content-Type"), server.Single.Text));
    }

    [Theory]
    [InlineData("windows-1252", "Grüße €", "4772FCDF652080")]
    [InlineData("\\\"Shift_JIS\\\"", "日本", "93FA967B")]
    [InlineData("utf-16le", "hi", "68006900")]
    [InlineData("utf-8", "€", "E282AC")]
    [InlineData("klingon", "€", "E282AC")]
    public async Task Body_TextInACharset_SentInIt(string charset, string text, string expected)
    {
        await using var server = await StandIn.AnsweringAsync("{}");

        await RunAsync(server, "", $$""", "body": "{{text}}", "headers": { "Content-Type": "text/plain; charset={{charset}}" }""");

        Assert.Equal(expected, Convert.ToHexString(server.Single.Body));
    }

    [Fact]
    public async Task Body_TextThatTheCharsetHasNot_IsRefusedBeforeTheCall()
    {
        await using var server = await StandIn.AnsweringAsync("{}");

        var result = await RunAsync(server, "", """, "body": "日本", "headers": { "Content-Type": "text/plain; charset=iso-8859-1" }""");

        Assert.Contains("/body: has characters that windows-1252 has not", result.Error!.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Headers_OwnAndGiven_Sent()
    {
        await using var server = await StandIn.AnsweringAsync("{}");

        await RunAsync(server, "", """, "headers": { "X-A": "1", "X-B": 2, "X-C": null, "idempotency-key": "mine", "User-Agent": "Mine/1" } """);

        var sent = server.Single;
        Assert.Equal(("1", "2", null), (sent.Header("X-A"), sent.Header("X-B"), sent.Header("X-C")));
        Assert.Equal("execution-step", sent.Header("Idempotency-Key"));
        Assert.Equal("Mine/1", sent.Header("User-Agent"));
        Assert.Null(sent.Header("traceparent"));
    }

    [Theory]
    [InlineData("\"headers\": { \"X\": \"a\\r\\nY: b\" }")]
    [InlineData("\"headers\": { \"X\": \"a\\u0000\" }")]
    [InlineData("\"headers\": { \"X\\r\\nY\": \"a\" }")]
    [InlineData("\"headers\": { \"Host\": \"a\" }")]
    [InlineData("\"headers\": { \"content-length\": \"1\" }")]
    [InlineData("\"headers\": { \"Transfer-Encoding\": \"chunked\" }")]
    [InlineData("\"headers\": { \"Connection\": \"close\" }")]
    [InlineData("\"headers\": { \"X\": {} }")]
    [InlineData("\"headers\": []")]
    [InlineData("\"query\": { \"a\": {} }")]
    [InlineData("\"method\": \"TRACE\"")]
    [InlineData("\"timeout\": \"soon\"")]
    [InlineData("\"body\": \"\\ud800\"")]
    public async Task Input_Unusable_Refused(string member)
    {
        await using var server = await StandIn.AnsweringAsync("{}");

        var result = await hub.RunAsync("http.request", $$"""{ "url": "{{server.Url}}", {{member}} }""");

        Assert.Equal(("invalid_input", false), (result.Error?.Code, result.Error?.Retryable));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("ftp://example.com")]
    [InlineData("http://u:pass@example.com")]
    [InlineData("http://")]
    public async Task Url_Unusable_Refused(string url) =>
        Assert.Equal("invalid_url", (await hub.RunAsync("http.request", $$"""{ "url": "{{url}}" }""")).Error?.Code);

    [Theory]
    [InlineData("""{"a":[1]}""", "application/json; charset=utf-8", """{"a":[1]}""")]
    [InlineData("""{"a":1}""", "application/problem+json", """{"a":1}""")]
    [InlineData("{oops", "application/json", "\"{oops\"")]
    [InlineData("\"\\ud800\"", "application/json", "\"\\\"\\\\ud800\\\"\"")]
    [InlineData("hi & bye", "text/html", "\"hi & bye\"")]
    [InlineData("", "application/json", "null")]
    [InlineData("", "text/plain", "null")]
    [InlineData("AB", "application/octet-stream", """{"base64":"QUI="}""")]
    [InlineData("plain", null, "\"plain\"")]
    public async Task Output_Body_ReadByType(string body, string? contentType, string expected)
    {
        await using var server = await StandIn.StartAsync(async context =>
        {
            context.Response.ContentType = contentType;
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        });

        var output = (await RunAsync(server, "", "")).Output;

        Assert.Equal(expected, output.GetProperty("body").GetRawText());
        Assert.Equal(200, output.GetProperty("status").GetInt32());
    }

    /// <summary>What is short as bytes can be long as JSON: escapes make six of one, base64 four of three.</summary>
    [Theory]
    [InlineData("text/plain", 800_000)]
    [InlineData("application/octet-stream", 3_200_000)]
    public async Task Output_LongerAsJson_IsTooLarge(string contentType, int length)
    {
        await using var server = await StandIn.StartAsync(async context =>
        {
            context.Response.ContentType = contentType;
            var body = new byte[length];
            Array.Fill(body, (byte)1);
            await context.Response.Body.WriteAsync(body);
        });

        var error = (await RunAsync(server, "", "")).Error;
        Assert.Equal(("too_large", false), (error?.Code, error?.Retryable));
        Assert.Contains("as JSON", error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", "\"é\U0001F600\n<")]
    [InlineData("application/octet-stream", "a\0b")]
    public async Task Output_OfManyPieces_IsWhole(string contentType, string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000));
        await using var server = await StandIn.StartAsync(async context =>
        {
            context.Response.ContentType = contentType;
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
        });

        var body = (await RunAsync(server, "", "")).Output.GetProperty("body");
        Assert.Equal(
            text,
            body.ValueKind == System.Text.Json.JsonValueKind.String
                ? body.GetString()
                : Encoding.UTF8.GetString(body.GetProperty("base64").GetBytesFromBase64())
        );
    }

    [Theory]
    [InlineData(256, System.Text.Json.JsonValueKind.Array)]
    [InlineData(257, System.Text.Json.JsonValueKind.String)]
    public async Task Output_DeepJson_TextBeyondLimit(int depth, System.Text.Json.JsonValueKind expected)
    {
        await using var server = await StandIn.AnsweringAsync(new string('[', depth) + new string(']', depth));

        Assert.Equal(expected, (await RunAsync(server, "", "")).Output.GetProperty("body").ValueKind);
    }

    [Fact]
    public async Task Output_Latin1_Decoded()
    {
        await using var server = await StandIn.StartAsync(async context =>
        {
            context.Response.ContentType = "text/plain; charset=\"ISO-8859-1\"";
            await context.Response.Body.WriteAsync(new byte[] { 0xFC });
        });

        Assert.Equal("ü", (await RunAsync(server, "", "")).Output.GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("text/plain; charset=windows-1252", "80", "\"€\"", null)]
    [InlineData("text/html;charset=ISO-8859-15", "A4", "\"€\"", null)]
    [InlineData("text/csv; charset=\"SJIS\"", "93FA967B", "\"日本\"", null)]
    [InlineData("application/xml; charset=gbk", "D6D0", "\"中\"", null)]
    [InlineData("text/plain; charset=windows-1252", "FEFF4E2D", "\"中\"", null)]
    [InlineData("text/plain", "E9", "\"\uFFFD\"", "read as utf-8. Bytes that mean nothing")]
    [InlineData(
        "application/json; charset=windows-1252",
        "5B22E9225D",
        "\"[\\\"é\\\"]\"",
        "not UTF-8, as JSON has to be, and is text here, read as windows-1252."
    )]
    [InlineData("application/json; charset=windows-1252", "EFBBBF5B315D", "[1]", null)]
    public async Task Output_Charset_DecodedOrToldOf(string type, string hex, string expected, string? note)
    {
        await using var server = await StandIn.StartAsync(async context =>
        {
            context.Response.Headers.ContentType = type;
            await context.Response.Body.WriteAsync(Convert.FromHexString(hex));
        });

        var output = (await RunAsync(server, "", "")).Output;
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, output.GetProperty("body")), output.GetRawText());
        var told = output.TryGetProperty("note", out var noted) ? noted.GetString() : null;
        Assert.True(note is null ? told is null : told?.Contains(note, StringComparison.Ordinal) == true, told);
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("no-such-charset")]
    [InlineData("\"")]
    public async Task Output_CharsetThatNobodyReads_DecodedAsUtf8(string charset)
    {
        await using var server = await StandIn.StartAsync(async context =>
        {
            context.Response.Headers.ContentType = $"text/plain; charset={charset}";
            await context.Response.WriteAsync("ü+AGE-");
        });

        Assert.Equal("ü+AGE-", (await RunAsync(server, "", "")).Output.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Output_Headers_LowerCaseJoined()
    {
        await using var server = await StandIn.StartAsync(context =>
        {
            context.Response.Headers.Append("X-Many", new(["a", "b"]));
            return Task.CompletedTask;
        });

        Assert.Equal("a, b", (await RunAsync(server, "", "")).Output.GetProperty("headers").GetProperty("x-many").GetString());
    }

    [Fact]
    public async Task Timeout_Input_Applies()
    {
        await using var server = await StandIn.StartAsync(context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default)
        );

        Assert.Equal("timeout", (await RunAsync(server, "", """, "timeout": "150ms" """)).Error?.Code);
    }

    public void Dispose() => hub.Dispose();

    private Task<Hub.Connectors.Contract.ActionResult> RunAsync(StandIn server, string path, string more) =>
        hub.RunAsync("http.request", $$"""{ "url": "{{server.Url}}{{path}}" {{more}} }""");
}
