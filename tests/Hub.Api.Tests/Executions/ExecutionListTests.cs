namespace Hub.Api.Tests.Executions;

public sealed class ExecutionListTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Good = """[{"id":"a","type":"set"}]""";
    private const string Bad = """[{"id":"a","type":"stop","with":{"outcome":"failed","reason":"as told"}}]""";

    [Fact]
    public async Task List_WalkedByCursor_GivesEachOnceNewestFirst()
    {
        var workflow = await Hub.AddWorkflowAsync(Good);
        var started = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            started.Add(await Hub.ExecuteAsync(workflow));

            // Ids are in order from one millisecond to the next, not within one.
            await Task.Delay(2, Cancel);
        }

        var seen = new List<Guid>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/executions?workflowId={workflow}&limit=3{cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(Enumerable.Reverse(started), seen);
    }

    [Fact]
    public async Task List_Filtered_GivesWhatFits()
    {
        var good = await Hub.AddWorkflowAsync(Good);
        var bad = await Hub.AddWorkflowAsync(Bad);
        await Hub.EndOfAsync(await Hub.ExecuteAsync(good));
        var failed = await Hub.EndOfAsync(await Hub.ExecuteAsync(bad));
        var created = failed.GetProperty("createdAt").GetDateTimeOffset();
        Assert.Equal([failed.GetProperty("id").GetGuid()], await IdsAsync($"workflowId={bad}&status=failed"));
        Assert.Empty(await IdsAsync($"workflowId={good}&status=failed"));
        Assert.Single(await IdsAsync($"workflowId={good}&status=completed"));
        Assert.Single(await IdsAsync($"workflowId={bad}&from={Text(created)}"));
        Assert.Empty(await IdsAsync($"workflowId={bad}&to={Text(created)}"));
        Assert.Empty(await IdsAsync($"workflowId={bad}&from={Text(created.AddSeconds(1))}"));
        Assert.Single(await IdsAsync($"workflowId={bad}&to={Text(created.AddSeconds(1).ToOffset(TimeSpan.FromHours(5)))}"));
    }

    [Theory]
    [InlineData("status=sleeping", "status_unknown")]
    [InlineData("status=%00", "status_unknown")]
    [InlineData("from=yesterday", "bad_request")]
    [InlineData("workflowId=7", "bad_request")]
    [InlineData("cursor=7", "bad_request")]
    [InlineData("limit=x", "bad_request")]
    public async Task List_FaultyFilter_Is400(string query, string code) => await RefusedAsync(HttpMethod.Get, $"/api/v1/executions?{query}", null, 400, code);

    [Fact]
    public async Task Execution_Shown_HasEveryStepInDocumentOrder()
    {
        var execution = await Hub.RunAsync("""
            [{"id":"b","type":"if","when":{"path":"$.trigger.body.n","op":"greater_than","value":1}},
             {"id":"c","type":"set","after":["b.true"],"with":{"n":"{{ trigger.body.n }}"}},
             {"id":"d","type":"set","after":["b.false"]}]
            """, """{"n":2}""");
        Assert.Equal("b:completed c:completed d:skipped", execution.StepStates());
        var branch = execution.Step("b");
        Assert.Equal("true", branch.GetProperty("port").GetString());
        var why = branch.GetProperty("why").GetRawText();
        Assert.Contains("$.trigger.body.n", why, StringComparison.Ordinal);
        Assert.Contains("greater_than", why, StringComparison.Ordinal);
        var set = execution.Step("c");
        Assert.Equal((2, 2, 1), (set.GetProperty("input").GetProperty("n").GetInt32(), set.GetProperty("output").GetProperty("n").GetInt32(), set.GetProperty("attempts").GetInt32()));
        Assert.True(set.GetProperty("startedAt").GetDateTimeOffset() <= set.GetProperty("finishedAt").GetDateTimeOffset());
        Assert.Equal("Test", execution.GetProperty("workflowName").GetString());
        Assert.NotEqual(JsonValueKind.Null, execution.GetProperty("finishedAt").ValueKind);
    }

    [Fact]
    public async Task Execution_OfAVersionThatIsNoLongerValid_ShowsWhatIsRecordedAndFailsWhenRun()
    {
        await using var hub = await TestHub.StartAsync();
        var workflow = await hub.AddWorkflowAsync("""[{"id":"b","type":"set","with":{"n":1}},{"id":"a","type":"set","after":["b"]}]""");
        var execution = (await hub.EndOfAsync(await hub.ExecuteAsync(workflow))).GetProperty("id").GetGuid();
        await hub.AskAsync("UPDATE hub.workflow_versions SET definition = '{\"steps\":7}' WHERE workflow_id = $1", workflow);
        await hub.RestartAsync();
        var shown = await hub.ExecutionAsync(execution);
        Assert.Equal(("completed", "b:completed a:completed"), (shown.Status(), shown.StepStates()));
        Assert.Equal(1, shown.Step("b").GetProperty("output").GetProperty("n").GetInt32());
        var failed = await hub.EndOfAsync(await hub.ExecuteAsync(workflow));
        Assert.Equal(("failed", "workflow_invalid"), (failed.Status(), failed.GetProperty("error").GetProperty("code").GetString()));
    }

    private static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O"));

    private async Task<List<Guid>> IdsAsync(string query) =>
        [.. (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/executions?{query}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
}
