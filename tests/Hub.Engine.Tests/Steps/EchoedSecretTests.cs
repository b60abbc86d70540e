namespace Hub.Engine.Tests.Steps;

/// <summary>A service that is called gives the credential back, coded in all the ways there are.</summary>
public sealed class EchoedSecretTests(HubFixture fixture) : EngineTest(fixture)
{
    private const string Token = "p@ss/word+of=the service";

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Token);

    private static readonly string[] Codings =
    [
        Token,
        Uri.EscapeDataString(Token),
        "p%40ss%2fword%2bof%3dthe+service",
        Convert.ToHexString(Bytes),
        Convert.ToHexStringLower(Bytes),
        Convert.ToBase64String(Bytes),
        Convert.ToBase64String(Bytes).Replace('+', '-').Replace('/', '_'),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Token)),
    ];

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/json", 400)]
    [InlineData("text/plain", 200)]
    [InlineData("text/plain", 400)]
    [InlineData("application/octet-stream", 200)]
    public async Task Answer_WithTheCredentialInAnyCoding_IsRecordedWithoutIt(string contentType, int status)
    {
        var json = contentType == "application/json";
        var echo = json
            ? JsonSerializer.Serialize(
                new
                {
                    plain = "kept",
                    headers = new Dictionary<string, string> { ["X-Webhook-Secret"] = "of-a-header" },
                    echo = Codings,
                }
            )
            : "kept\n" + string.Join('\n', Codings);
        StandIn.On(
            "/echo",
            new StandInAnswer(status, echo, contentType, Headers: new Dictionary<string, string> { ["X-Echo"] = Codings[^1], ["Api-Token"] = "of-a-header" })
        );
        await Hub.AskAsync("DELETE FROM hub.credentials");
        await Hub.SendAsync(
            HttpMethod.Post,
            "/api/v1/credentials",
            $$"""{"name":"echo-{{contentType}}-{{status}}","connector":"http","fields":{"token":"{{Token}}"} }"""
        );
        var steps = $$"""
            [{ "id": "call", "type": "http.request", "credential": "echo-{{contentType}}-{{status}}",
            "with": { "url": "{{StandIn.At("/echo?api_key=of-a-query")}}" }, "retry": { "attempts": 1 } }]
            """;
        var execution = await RunAsync(steps, status == 200 ? "call:completed" : "call:failed");

        var letters = (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters?workflowId={execution.GetProperty("workflowId").GetGuid()}")).GetProperty(
            "items"
        );
        var letter = status == 200 ? "" : (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters/{letters[0].GetProperty("id").GetGuid()}")).ToString();
        var rows = (string)
            (await Hub.AskAsync("SELECT string_agg(s::text, '') FROM hub.execution_steps s WHERE execution_id = $1", execution.GetProperty("id").GetGuid()))!;
        foreach (var text in (string[])[execution.ToString(), rows, letter, Hub.Log.Text])
        {
            Assert.All(Codings, coded => Assert.DoesNotContain(coded, text, StringComparison.Ordinal));
            Assert.DoesNotContain("of-a-header", text, StringComparison.Ordinal);
            Assert.DoesNotContain("of-a-query", text, StringComparison.Ordinal);
        }

        Assert.Equal(contentType != "application/octet-stream", rows.Contains("kept", StringComparison.Ordinal));
        Assert.Contains("api_key=***", rows, StringComparison.Ordinal);
    }
}
