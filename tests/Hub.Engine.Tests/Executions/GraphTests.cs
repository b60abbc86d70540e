namespace Hub.Engine.Tests.Executions;

public sealed class GraphTests(HubFixture fixture) : EngineTest(fixture)
{
    private const string If = """{"id":"i","type":"if","when":{"path":"$.trigger.body.yes","op":"equals","value":true}}""";

    public static TheoryData<string, string> Joins =>
        new()
        {
            {
                $$"""
                    [{{If}},{"id":"a","type":"set","after":["i.true"]},{"id":"b","type":"set","after":["i.false"]},
                    {"id":"j","type":"set","after":["a","b"],"join":"any"}]
                    """,
                "i:completed a:completed b:skipped j:completed"
            },
            { $$"""[{"id":"a","type":"set"},{"id":"b","type":"set"},{"id":"j","type":"set","after":["a","b"]}]""", "a:completed b:completed j:completed" },
            {
                $$"""[{{If}},{"id":"a","type":"set"},{"id":"j","type":"set","after":["a","i.false"]},{"id":"k","type":"set","after":["j"]}]""",
                "i:completed a:completed j:skipped k:skipped"
            },
            { $$"""[{{If}},{"id":"j","type":"set","after":["i.true","i.false"],"join":"any"}]""", "i:completed j:completed" },
            {
                $$"""[{{If}},{"id":"a","type":"set","after":["i.false"]},{"id":"b","type":"set","after":["a"]},{"id":"c","type":"set","after":["a.error"]}]""",
                "i:completed a:skipped b:skipped c:skipped"
            },
        };

    [Theory]
    [MemberData(nameof(Joins))]
    public async Task Join_OverTakenAndSkippedWays_RunsOrIsSkipped(string steps, string states) =>
        Assert.Equal("completed", (await RunAsync(steps, states, """{"yes":true}""")).Status());

    [Fact]
    public async Task Branches_Parallel_RunAtTheSameTime()
    {
        var both = new TaskCompletionSource();
        var inside = 0;
        async Task<StandInAnswer> MeetAsync()
        {
            if (Interlocked.Increment(ref inside) == 2)
            {
                both.SetResult();
            }

            // Either answers only once the other has arrived.
            await both.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
            return StandInAnswer.Ok;
        }

        StandIn.On("/left", (_, _) => MeetAsync());
        StandIn.On("/right", (_, _) => MeetAsync());
        await RunAsync(
            $$"""[{{Call("l", "/left")}},{{Call("r", "/right")}},{"id":"j","type":"set","after":["l","r"]}]""",
            "l:completed r:completed j:completed"
        );
    }

    [Fact]
    public async Task Branches_OneShortOneLong_TheShortOneDoesNotWait()
    {
        var longOne = new TaskCompletionSource<StandInAnswer>();
        StandIn.On("/long", (_, _) => longOne.Task);
        var id = await Hub.ExecuteAsync(
            await Hub.AddWorkflowAsync($$"""[{{Call("long", "/long")}},{{Call("short", "/short")}},{{Call("next", "/next", ", \"after\":[\"short\"]")}}]""")
        );
        await StandIn.WaitForAsync("/next", 1, Cancel);
        Assert.Equal("completed", (await Hub.ExecutionAsync(id)).Step("short").Status());
        longOne.SetResult(StandInAnswer.Ok);
        Assert.Equal("completed", (await Hub.EndOfAsync(id)).Status());
    }

    [Fact]
    public async Task ErrorPort_Followed_HandlesTheFailure()
    {
        StandIn.On("/gone", new StandInAnswer(410, """{"why":"closed"}"""));
        var execution = await RunAsync(
            $$"""
            [{{Call("call", "/gone")}},{"id":"ok","type":"set","after":["call"]},
            {"id":"sorry","type":"set","after":["call.error"],"with":{"status":"STATUS","why":"WHY"} }]
            """.Replace("STATUS", "{{ steps.call.error.httpStatus }}", StringComparison.Ordinal).Replace(
                "WHY",
                "{{ steps.call.error.response.why }}",
                StringComparison.Ordinal
            ),
            "call:failed ok:skipped sorry:completed"
        );
        Assert.Equal("completed", execution.Status());
        Assert.Equal("""{"status":410,"why":"closed"}""", execution.Step("sorry").GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task Failure_InOneBranch_RecordsTheOtherOneThatWasUnderWay()
    {
        var slow = new TaskCompletionSource<StandInAnswer>();
        StandIn.On("/slow", (_, _) => slow.Task);
        StandIn.On("/bad", new StandInAnswer(400));
        var id = await Hub.ExecuteAsync(
            await Hub.AddWorkflowAsync($$"""[{{Call("slow", "/slow")}},{{Call("bad", "/bad")}},{"id":"after","type":"set","after":["slow"]}]""")
        );
        await StandIn.WaitForAsync("/slow", 1, Cancel);
        await StandIn.WaitForAsync("/bad", 1, Cancel);
        slow.SetResult(StandInAnswer.Ok);
        var execution = await Hub.EndOfAsync(id);
        Assert.Equal("failed", execution.Status());
        Assert.Equal("completed", execution.Step("slow").Status());
        Assert.Equal("bad", execution.GetProperty("error").GetProperty("stepId").GetString());
    }

    [Fact]
    public async Task Workflow_Long_RunsEveryStep()
    {
        var steps = Enumerable.Range(0, 200).Select(i => i == 0 ? """{"id":"s0","type":"set"}""" : $$"""{"id":"s{{i}}","type":"set","after":["s{{i - 1}}"]}""");
        var execution = await Hub.RunAsync($"[{string.Join(',', steps)}]");
        Assert.Equal(200, execution.GetProperty("steps").EnumerateArray().Count(step => step.Status() == "completed"));
    }
}
