namespace Hub.Engine.Tests.Steps;

public sealed class SlackStepTests(HubFixture fixture) : EngineTest(fixture)
{
    private const string Token = "xoxb-token-that-nobody-may-see-42";

    [Fact]
    public async Task SlackPostMessage_WithCredential_PostsAndNeverShowsTheToken()
    {
        // The stand-in repeats the token in its answer, as a careless service might.
        StandIn.On("/slack/chat.postMessage", new StandInAnswer(200, $$"""{"ok":true,"channel":"C1","ts":"1.2","echo":"Bearer {{Token}}"}"""));
        await AddCredentialAsync("team");
        var execution = await RunAsync(
            """[{"id":"post","type":"slack.post_message","credential":"team","with":{"channel":"#alerts","text":"{{ trigger.body.title }}"}}]""",
            "post:completed",
            $$"""{"title":"hello {{Token}}"}"""
        );
        var sent = Assert.Single(StandIn.To("/slack/chat.postMessage"), request => request.Json.GetProperty("channel").GetString() == "#alerts");
        Assert.Equal($"Bearer {Token}", sent.Header("Authorization"));
        Assert.Equal("#alerts", sent.Json.GetProperty("channel").GetString());
        Assert.DoesNotContain(Token, execution.Step("post").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, Hub.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SlackPostMessage_OfAHostilePayload_MentionsNobodyAndKeepsTheAuthorsMarkup()
    {
        StandIn.On("/slack/chat.postMessage", new StandInAnswer(200, """{"ok":true,"channel":"C1","ts":"1.2"}"""));
        await AddCredentialAsync("quiet");
        await RunAsync(
            """
            [{"id":"post","type":"slack.post_message","credential":"quiet","with":{"channel":"#quiet",
              "text":"<https://example.com|seen>: {{ trigger.body.title }} {{ trigger.body.title | raw }}",
              "blocks":[{"type":"section","text":{"type":"mrkdwn","text":{"$path":"$.trigger.body.title"}}},{"$path":"$.trigger.body.block"}]}}]
            """,
            "post:completed",
            """{"title":"<!channel> & <@U1>","block":{"type":"header","text":{"type":"plain_text","text":"<!here>"}}}"""
        );
        var sent = Assert.Single(StandIn.To("/slack/chat.postMessage"), request => request.Json.GetProperty("channel").GetString() == "#quiet").Json;
        Assert.Equal("<https://example.com|seen>: &lt;!channel&gt; &amp; &lt;@U1&gt; <!channel> & <@U1>", sent.GetProperty("text").GetString());
        Assert.Equal(
            ["&lt;!channel&gt; &amp; &lt;@U1&gt;", "&lt;!here&gt;"],
            sent.GetProperty("blocks").EnumerateArray().Select(block => block.GetProperty("text").GetProperty("text").GetString())
        );
    }

    [Fact]
    public async Task SlackPostMessage_Refused_ShowsTheReasonWithoutTheToken()
    {
        StandIn.On("/slack/chat.postMessage", new StandInAnswer(200, $$"""{"ok":false,"error":"invalid_auth","detail":"{{Token}}"}"""));
        await AddCredentialAsync("refused");
        var execution = await RunAsync(
            """[{"id":"post","type":"slack.post_message","credential":"refused","with":{"channel":"#a","text":"x"}}]""",
            "post:failed"
        );
        Assert.Contains("invalid_auth", execution.GetProperty("error").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, execution.ToString(), StringComparison.Ordinal);
        var letters = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters?workflowId={execution.GetProperty("workflowId").GetGuid()}");
        var letter = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters/{letters.GetProperty("items")[0].GetProperty("id").GetGuid()}");
        Assert.DoesNotContain(Token, letter.ToString() + Hub.Log.Text, StringComparison.Ordinal);
        var rows = (string)
            (
                await Hub.AskAsync(
                    "SELECT coalesce(string_agg(s::text, ''), '') FROM hub.execution_steps s WHERE execution_id = $1",
                    execution.GetProperty("id").GetGuid()
                )
            )!;
        Assert.DoesNotContain(Token, rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credential_Missing_FailsAndGoesOnOnceItIsThere()
    {
        StandIn.On("/slack/chat.postMessage", new StandInAnswer(200, """{"ok":true,"channel":"C1","ts":"1.2"}"""));
        var steps = """[{"id":"post","type":"slack.post_message","credential":"later","with":{"channel":"#a","text":"x"}}]""";
        var draft = (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(steps))).GetProperty("id").GetGuid();
        var execution = await Hub.EndOfAsync(await Hub.ExecuteAsync(draft));
        Assert.Equal("post:failed", execution.StepStates());
        Assert.Equal("credential_missing", execution.GetProperty("error").GetProperty("code").GetString());
        await AddCredentialAsync("later");
        var id = execution.GetProperty("id").GetGuid();
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{id}/retry");
        Assert.Equal("post:completed", (await Hub.EndOfAsync(id)).StepStates());
    }

    private Task AddCredentialAsync(string name) =>
        Hub.SendAsync(HttpMethod.Post, "/api/v1/credentials", $$"""{"name":"{{name}}","connector":"slack","fields":{"token":"{{Token}}"} }""");
}
