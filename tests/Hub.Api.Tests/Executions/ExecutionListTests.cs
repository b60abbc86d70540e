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
        for (var cursor = ""; cursor is not null; )
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
    [InlineData("from=yesterday", "parameter_invalid")]
    [InlineData("workflowId=7", "parameter_invalid")]
    [InlineData("workflow=nobody", "workflow_unknown")]
    [InlineData("workflow=nobody&workflowId=0198c5a2-7b3e-7c00-8000-000000000001", "filter_conflict")]
    [InlineData("code=%00", "text_invalid")]
    [InlineData("cursor=7", "parameter_invalid")]
    [InlineData("limit=x", "parameter_invalid")]
    public async Task List_FaultyFilter_Is400(string query, string code) => await RefusedAsync(HttpMethod.Get, $"/api/v1/executions?{query}", null, 400, code);

    [Fact]
    public async Task Execution_Shown_HasEveryStepInDocumentOrder()
    {
        var execution = await Hub.RunAsync(
            """
            [{"id":"b","type":"if","when":{"path":"$.trigger.body.n","op":"greater_than","value":1}},
             {"id":"c","type":"set","after":["b.true"],"with":{"n":"{{ trigger.body.n }}"}},
             {"id":"d","type":"set","after":["b.false"]}]
            """,
            """{"n":2}"""
        );
        Assert.Equal("b:completed c:completed d:skipped", execution.StepStates());
        var branch = execution.Step("b");
        Assert.Equal("true", branch.GetProperty("port").GetString());
        var why = branch.GetProperty("why").GetRawText();
        Assert.Contains("$.trigger.body.n", why, StringComparison.Ordinal);
        Assert.Contains("greater_than", why, StringComparison.Ordinal);
        var set = execution.Step("c");
        Assert.Equal(
            (2, 2, 1),
            (
                set.GetProperty("input").GetProperty("n").GetInt32(),
                set.GetProperty("output").GetProperty("n").GetInt32(),
                set.GetProperty("attempts").GetInt32()
            )
        );
        Assert.True(set.GetProperty("startedAt").GetDateTimeOffset() <= set.GetProperty("finishedAt").GetDateTimeOffset());
        Assert.StartsWith("Test ", execution.GetProperty("workflowName").GetString(), StringComparison.Ordinal);
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

    [Fact]
    public async Task Execution_WithSkippedSteps_SaysWhichWayWasNotTakenAndWhatDecidedSo()
    {
        var execution = await Hub.RunAsync(
            """
            [{"id":"b","type":"if","when":{"path":"$.trigger.body.n","op":"greater_than","value":1}},
             {"id":"s","type":"switch","cases":[{"port":"low","when":{"path":"$.trigger.body.n","op":"equals","value":1}},
               {"port":"high","when":{"path":"$.trigger.body.n","op":"equals","value":2}}]},
             {"id":"d","type":"set","after":["b.false"]},
             {"id":"e","type":"set","after":["d"]},
             {"id":"f","type":"set","after":["s.low"]},
             {"id":"g","type":"set","after":["b.error"]},
             {"id":"h","type":"set","after":["b.false","s.high"]}]
            """,
            """{"n":2}"""
        );
        Assert.Equal("b:completed s:completed d:skipped e:skipped f:skipped g:skipped h:skipped", execution.StepStates());
        Assert.Equal("b.false 'b' took the port 'true', not 'false'.", NotTaken(execution, "d"));
        Assert.Equal("greater_than", Because(execution, "d").GetProperty("op").GetString());
        Assert.Equal("d 'd' was skipped itself.", NotTaken(execution, "e"));
        Assert.Equal("s.low 's' took the port 'high', not 'low'.", NotTaken(execution, "f"));
        Assert.Equal(1, Because(execution, "f").GetProperty("value").GetInt32());
        Assert.Equal("b.error 'b' did not fail.", NotTaken(execution, "g"));
        Assert.Equal("b.false 'b' took the port 'true', not 'false'.", NotTaken(execution, "h"));
    }

    [Fact]
    public async Task List_ByCodeAndWorkflowName_GivesWhatFailedSo()
    {
        var name = $"named {Guid.CreateVersion7()}";
        var bad = (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(Bad, name: name))).GetProperty("id").GetGuid();
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{bad}/activate");
        var failed = await Hub.EndOfAsync(await Hub.ExecuteAsync(bad));
        var code = failed.GetProperty("error").GetProperty("code").GetString();
        var id = failed.GetProperty("id").GetGuid();
        Assert.Equal([id], await IdsAsync($"workflow={Uri.EscapeDataString(name)}&code={code}"));
        Assert.Empty(await IdsAsync($"workflow={bad}&code=timeout"));
        await Hub.DeleteWorkflowAsync(bad);
        var item = Assert.Single(
            (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/executions?workflow={Uri.EscapeDataString(name)}")).GetProperty("items").EnumerateArray()
        );
        Assert.Equal((id, name), (item.GetProperty("id").GetGuid(), item.GetProperty("workflowName").GetString()));
        var outcome = (await Hub.SendAsync(HttpMethod.Get, "/api/v1/analytics/workflows"))
            .GetProperty("workflows")
            .EnumerateArray()
            .Single(row => row.GetProperty("workflowId").GetGuid() == bad);
        Assert.Equal((name, 1), (outcome.GetProperty("workflowName").GetString(), outcome.GetProperty("failed").GetInt32()));
    }

    private static string NotTaken(JsonElement execution, string step) =>
        string.Join(
            "; ",
            execution
                .Step(step)
                .GetProperty("why")
                .GetProperty("notTaken")
                .EnumerateArray()
                .Select(edge => $"{edge.GetProperty("after").GetString()} {edge.GetProperty("message").GetString()}")
        );

    private static JsonElement Because(JsonElement execution, string step) =>
        execution.Step(step).GetProperty("why").GetProperty("notTaken")[0].GetProperty("because");

    private static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O"));

    private async Task<List<Guid>> IdsAsync(string query) =>
        [
            .. (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/executions?{query}"))
                .GetProperty("items")
                .EnumerateArray()
                .Select(item => item.GetProperty("id").GetGuid()),
        ];
}
