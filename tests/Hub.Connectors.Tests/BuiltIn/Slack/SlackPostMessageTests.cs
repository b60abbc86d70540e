using System.IO.Compression;
using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Connectors.Tests.StandIns;
using Hub.Fields;
using Microsoft.AspNetCore.Http;

namespace Hub.Connectors.Tests.BuiltIn.Slack;

public sealed class SlackPostMessageTests
{
    private static readonly Dictionary<string, string> Credential = new() { ["token"] = "xoxb-1-secret-7319" };

    [Fact]
    public void Inputs_All_AreParametersOfTheVendor()
    {
        Assert.SkipUnless(ConformanceData.Exists, ConformanceData.Missing);
        using var description = Description();
        var parameters = description
            .RootElement.GetProperty("paths")
            .GetProperty("/chat.postMessage")
            .GetProperty("post")
            .GetProperty("parameters")
            .EnumerateArray()
            .ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("type").GetString());
        using var hub = new TestHub();

        foreach (var input in hub.Action("slack.post_message").Manifest.Inputs)
        {
            // The description speaks of forms, where arrays are texts too.
            Assert.Equal(input.Type == FieldType.Boolean ? "boolean" : "string", parameters.GetValueOrDefault(input.Name));
        }
    }

    [Fact]
    public async Task Errors_OfTheVendorsDescription_AreNotRetriedButRateLimits()
    {
        Assert.SkipUnless(ConformanceData.Exists, ConformanceData.Missing);
        using var description = Description();
        var codes = description
            .RootElement.GetProperty("paths")
            .GetProperty("/chat.postMessage")
            .GetProperty("post")
            .GetProperty("responses")
            .GetProperty("default")
            .GetProperty("schema")
            .GetProperty("properties")
            .GetProperty("error")
            .GetProperty("enum")
            .EnumerateArray();

        foreach (var code in codes.Select(c => c.GetString()!))
        {
            var error = await ErrorAsync(code);
            Assert.Equal((code, code == "rate_limited"), (error.Code, error.Retryable));
        }
    }

    [Theory]
    [InlineData("ratelimited", true)]
    [InlineData("internal_error", true)]
    [InlineData("fatal_error", true)]
    [InlineData("service_unavailable", true)]
    [InlineData("request_timeout", true)]
    [InlineData("channel_not_found", false)]
    [InlineData("not_in_channel", false)]
    [InlineData("invalid_auth", false)]
    [InlineData("msg_too_long", false)]
    [InlineData("something_new", false)]
    public async Task Answer_NotOk_Classified(string code, bool retryable)
    {
        var error = await ErrorAsync(code);

        Assert.Equal((code, retryable, 200), (error.Code, error.Retryable, error.HttpStatus));
        Assert.EndsWith($"({code})", error.Message, StringComparison.Ordinal);
        Assert.Equal(code, error.Response?.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Answer_RateLimitedInBody_CarriesRetryAfter()
    {
        var error = await ErrorAsync("ratelimited", context => context.Response.Headers.RetryAfter = "30");

        Assert.Equal(TimeSpan.FromSeconds(30), error.RetryAfter);
    }

    [Fact]
    public async Task Answer_StrangeCode_NotPassedOn() => Assert.Equal("unknown_error", (await ErrorAsync("Oops! <b>")).Code);

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "ok": "yes" }""")]
    public async Task Answer_NotOfTheApi_InvalidResponse(string body)
    {
        await using var vendor = await StandIn.AnsweringAsync(body);

        var result = await RunAsync(vendor, """{ "channel": "C1", "text": "x" }""");

        Assert.Equal(("invalid_response", true), (result.Error?.Code, result.Error?.Retryable));
    }

    [Theory]
    [InlineData("{ \"channel\": \"C1\" }")]
    [InlineData("{ \"channel\": \"C1\", \"text\": \" \" }")]
    [InlineData("{ \"channel\": \"C1\", \"blocks\": [] }")]
    [InlineData("{ \"channel\": \"C1\", \"text\": 5 }")]
    public async Task Input_WithoutTextAndBlocks_Refused(string input)
    {
        await using var vendor = await StandIn.AnsweringAsync("{}");

        Assert.Equal("invalid_input", (await RunAsync(vendor, input)).Error?.Code);
        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public async Task Input_Blocks_SentAsJson()
    {
        await using var vendor = await StandIn.AnsweringAsync(SlackPostMessageConformance.Answer);

        var result = await RunAsync(vendor, """{ "channel": "C1", "blocks": [{ "type": "divider" }], "unfurl_links": false, "thread_ts": "1.2" }""");

        Assert.Null(result.Error);
        Assert.Equal("divider", vendor.Single.Json.GetProperty("blocks")[0].GetProperty("type").GetString());
        Assert.Equal("1503435956.000247", result.Output.GetProperty("ts").GetString());
    }

    [Fact]
    public async Task Credential_Missing_Refused()
    {
        using var hub = new TestHub();

        var none = await hub.RunAsync("slack.post_message", """{ "channel": "C1", "text": "x" }""");
        var empty = await hub.RunAsync("slack.post_message", """{ "channel": "C1", "text": "x" }""", new Dictionary<string, string> { ["token"] = "" });

        Assert.Equal(("invalid_credential", "invalid_credential"), (none.Error?.Code, empty.Error?.Code));
    }

    private static async Task<ConnectorError> ErrorAsync(string code, Action<HttpContext>? more = null)
    {
        await using var vendor = await StandIn.StartAsync(context =>
        {
            more?.Invoke(context);
            return context.Response.WriteAsJsonAsync(new { ok = false, error = code });
        });
        return (await RunAsync(vendor, """{ "channel": "C1", "text": "x" }""")).Error!;
    }

    private static async Task<ActionResult> RunAsync(StandIn vendor, string input)
    {
        using var hub = new TestHub(("Hub:Connectors:Slack:BaseAddress", vendor.Url + "api/"));
        return await hub.RunAsync("slack.post_message", input, Credential);
    }

    private static JsonDocument Description()
    {
        using var packed = new GZipStream(File.OpenRead(ConformanceData.PathTo("openapi", "slack-web-api.openapi2.json.gz")), CompressionMode.Decompress);
        return JsonDocument.Parse(packed);
    }
}
