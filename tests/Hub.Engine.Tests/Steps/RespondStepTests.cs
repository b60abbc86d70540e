using Hub.Engine.Responses;

namespace Hub.Engine.Tests.Steps;

public sealed class RespondStepTests(HubFixture fixture) : EngineTest(fixture)
{
    private const string Json = "application/json; charset=utf-8";
    private const string Plain = "text/plain; charset=utf-8";
    private const string Input = """
        {"status":202,"text":"409","odd":200.5,"list":[1,2],"length":{"content-length":"5"},"cookie":{"Set-Cookie":"a=b"},"number":{"X-N":[5]},
          "line":{"X-L":"a\r\nSet-Cookie: b"},
         "name":{"a b":"c"},"twice":{"X-A":"1","x-a":"2"},"half":"\ud800"}
        """;

    [Theory]
    [InlineData("{}", 200, null, "")]
    [InlineData("""{"body":null}""", 200, null, "")]
    [InlineData("""{"status":204}""", 204, null, "")]
    [InlineData("""{"status":"{{ trigger.body.status }}","body":"done"}""", 202, Plain, "done")]
    [InlineData("""{"status":"{{ trigger.body.text }}","body":"done"}""", 409, Plain, "done")]
    [InlineData("""{"body":{"a":[1,"e"]}}""", 200, Json, """{"a":[1,"e"]}""")]
    [InlineData("""{"body":{"$path":"$.trigger.body.list"}}""", 200, Json, "[1,2]")]
    [InlineData("""{"body":true}""", 200, Json, "true")]
    [InlineData("""{"body":""}""", 200, Plain, "")]
    [InlineData("""{"body":"<p>hi</p>","headers":{"content-type":"text/html","X-None":null}}""", 200, "text/html", "<p>hi</p>")]
    [InlineData("""{"body":{"code":1},"headers":{"Content-Type":"application/problem+json"}}""", 200, "application/problem+json", """{"code":1}""")]
    public async Task Respond_Input_IsTheAnswer(string with, int status, string? contentType, string body)
    {
        var execution = await RunAsync($$"""[{"id":"r","type":"respond","with":{{with}}}]""", "r:completed", Input);
        var response = WorkflowResponse.Read(execution.Step("r").GetProperty("output").GetRawText());
        Assert.Equal((status, body), (response.Status, Encoding.UTF8.GetString(response.Body.Span)));
        Assert.Equal(contentType, response.Headers.SingleOrDefault().Value);
    }

    [Fact]
    public async Task Respond_TextInACharset_IsSentInIt()
    {
        var execution = await RunAsync(
            """[{"id":"r","type":"respond","with":{"body":"10 €","headers":{"content-type":"text/plain; charset=ISO-8859-15"}}}]""",
            "r:completed",
            Input
        );
        Assert.Equal("10 \u00A4", Encoding.Latin1.GetString(WorkflowResponse.Read(execution.Step("r").GetProperty("output").GetRawText()).Body.Span));
    }

    [Theory]
    [InlineData("""{"body":"日本","headers":{"Content-Type":"text/plain; charset=iso-8859-1"}}""", "has characters that windows-1252 has not")]
    [InlineData("""{"body":"x","headers":{"Content-Type":"text/plain; charset=klingon"}}""", "There is no charset 'klingon'")]
    [InlineData("""{"status":"{{ trigger.body.odd }}"}""", "200 to 599")]
    [InlineData("""{"status":"{{ 50 + 50 }}"}""", "200 to 599")]
    [InlineData("""{"status":"{{ trigger.body.list }}"}""", "steps[0].with.status: must be a number, and is an array")]
    [InlineData("""{"status":204,"body":"x"}""", "no body")]
    [InlineData("""{"headers":{"$path":"$.trigger.body.list"}}""", "steps[0].with.headers: must be an object, and is an array")]
    [InlineData("""{"headers":{"$path":"$.trigger.body.cookie"}}""", "'Set-Cookie' cannot be set")]
    [InlineData("""{"headers":{"$path":"$.trigger.body.length"}}""", "'content-length' cannot be set")]
    [InlineData("""{"headers":{"$path":"$.trigger.body.number"}}""", "'X-N' is not a text")]
    [InlineData("""{"headers":{"$path":"$.trigger.body.line"}}""", "'X-L' has a character")]
    [InlineData("""{"headers":{"$path":"$.trigger.body.name"}}""", "a name that is none")]
    [InlineData("""{"headers":{"$path":"$.trigger.body.twice"}}""", "'x-a' is there twice")]
    [InlineData("""{"body":{"$path":"$.trigger.body.half"}}""", "surrogate")]
    public async Task Respond_CannotBeSent_Fails(string with, string why)
    {
        var execution = await RunAsync($$"""[{"id":"r","type":"respond","with":{{with}}}]""", "r:failed", Input);
        var error = execution.GetProperty("error");
        Assert.Equal("bad_response", error.GetProperty("code").GetString());
        Assert.Contains(why, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
