namespace Hub.Api.Tests.Executions;

public sealed class CancelAndRetryTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Cancel_WhileWaiting_EndsIt()
    {
        var execution = await Hub.ExecuteAsync(await Hub.AddWorkflowAsync("""[{"id":"a","type":"delay","with":{"for":"1h"}}]"""));
        await Hub.UntilAsync(execution, "waiting");
        var cancelled = await CancelAsync(execution);
        Assert.Equal(("cancelled", "a:pending"), (cancelled.Status(), cancelled.StepStates()));
        Assert.Equal(JsonValueKind.Null, cancelled.Step("a").GetProperty("wakeAt").ValueKind);
        await RefusedAsync(HttpMethod.Post, $"/api/v1/executions/{execution}/cancel", null, 409, "state_conflict");
    }

    [Fact]
    public async Task Cancel_WhileRetrying_EndsIt()
    {
        StandIn.On("/busy", new StandInAnswer(503));
        var execution = await Hub.ExecuteAsync(await Hub.AddWorkflowAsync(Call("/busy", """, "retry":{"first":"1h","max":"1h"}""")));
        await Hub.UntilAsync(execution, "retrying");
        var cancelled = await CancelAsync(execution);
        Assert.Equal(("cancelled", "call:failed"), (cancelled.Status(), cancelled.StepStates()));
        Assert.Equal(JsonValueKind.Null, cancelled.Step("call").GetProperty("wakeAt").ValueKind);
    }

    [Fact]
    public async Task Cancel_WhileACallIsUnderWay_AbandonsTheCallAtOnce()
    {
        var never = new TaskCompletionSource<StandInAnswer>();
        StandIn.On("/endless", (_, _) => never.Task);
        var steps = $$"""[{{Call("/endless")[1..^1]}}, {"id":"next","type":"set","after":["call"]}]""";
        var execution = await Hub.ExecuteAsync(await Hub.AddWorkflowAsync(steps));
        await StandIn.WaitForAsync("/endless", 1, Cancel);
        Assert.Equal("cancelled", (await CancelAsync(execution)).Status());
        never.SetResult(StandInAnswer.Ok);
        await Hub.UntilAsync(execution, "cancelled");
        Assert.Equal("call:pending next:pending", (await Hub.ExecutionAsync(execution)).StepStates());
    }

    [Fact]
    public async Task Cancel_OfAnEndedExecution_Is409()
    {
        var ended = await Hub.RunAsync("""[{"id":"a","type":"set"}]""");
        var problem = await RefusedAsync(HttpMethod.Post, $"/api/v1/executions/{ended.GetProperty("id").GetGuid()}/cancel", null, 409, "state_conflict");
        Assert.Contains("completed", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await RefusedAsync(HttpMethod.Post, $"/api/v1/executions/{ended.GetProperty("id").GetGuid()}/retry", null, 409, "state_conflict");
    }

    [Fact]
    public async Task Retry_AfterALaterStepFailed_RunsCompletedStepsNoSecondTime()
    {
        StandIn.On("/second", new StandInAnswer(400), StandInAnswer.Ok);
        var steps = $$"""
            [{"id":"first","type":"http.request","with":{"url":"{{StandIn.At("/first")}}","method":"POST"} },
             {"id":"second","type":"http.request","after":["first"],"with":{"url":"{{StandIn.At("/second")}}","method":"POST"} }]
            """;
        var execution = await Hub.ExecuteAsync(await Hub.AddWorkflowAsync(steps));
        var failed = await Hub.EndOfAsync(execution);
        Assert.Equal(("failed", "first:completed second:failed"), (failed.Status(), failed.StepStates()));
        using var response = await CallAsync(HttpMethod.Post, $"/api/v1/executions/{execution}/retry");
        Assert.Equal(202, (int)response.StatusCode);
        var completed = await Hub.UntilAsync(execution, "completed");
        Assert.Equal("first:completed second:completed", completed.StepStates());
        Assert.Single(StandIn.To("/first"));
        var sent = StandIn.To("/second");
        Assert.Equal([$"{execution}-second", $"{execution}-second"], sent.Select(request => request.Header("Idempotency-Key")));
        var letter = (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters?workflowId={failed.GetProperty("workflowId").GetGuid()}")).GetProperty(
            "items"
        )[0];
        Assert.Equal(("replayed", execution), (letter.Status(), letter.GetProperty("replayExecutionId").GetGuid()));
    }

    [Fact]
    public async Task Retry_BehindAHandledFailure_LeavesThatFailureHandled()
    {
        StandIn.On("/shaky", new StandInAnswer(400), StandInAnswer.Ok);
        StandIn.On("/last", new StandInAnswer(400), StandInAnswer.Ok);
        var steps = $$"""
            [{"id":"shaky","type":"http.request","with":{"url":"{{StandIn.At("/shaky")}}","method":"POST"} },
             {"id":"usual","type":"set","after":["shaky"]},
             {"id":"instead","type":"set","after":["shaky.error"]},
             {"id":"last","type":"http.request","after":["instead"],"with":{"url":"{{StandIn.At("/last")}}","method":"POST"} }]
            """;
        var execution = await Hub.ExecuteAsync(await Hub.AddWorkflowAsync(steps));
        await Hub.UntilAsync(execution, "failed");
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{execution}/retry");
        Assert.Equal("shaky:failed usual:skipped instead:completed last:completed", (await Hub.UntilAsync(execution, "completed")).StepStates());
        Assert.Single(StandIn.To("/shaky"));
    }

    [Fact]
    public async Task Retry_AfterCancelling_GoesOn()
    {
        var execution = await Hub.ExecuteAsync(
            await Hub.AddWorkflowAsync("""[{"id":"a","type":"set"},{"id":"b","type":"delay","after":["a"],"with":{"for":"300ms"}}]""")
        );
        await Hub.UntilAsync(execution, "waiting");
        await CancelAsync(execution);
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{execution}/retry");
        Assert.Equal("a:completed b:completed", (await Hub.UntilAsync(execution, "completed")).StepStates());
    }

    [Fact]
    public async Task Retry_RightAfterCancellingACall_RunsItAgainAndCanBeCancelledAgain()
    {
        var never = new TaskCompletionSource<StandInAnswer>();
        StandIn.On("/again", (_, _) => never.Task);
        var execution = await Hub.ExecuteAsync(await Hub.AddWorkflowAsync(Call("/again")));
        for (var round = 1; round <= 5; round++)
        {
            await StandIn.WaitForAsync("/again", round, Cancel);
            await CancelAsync(execution);
            await Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{execution}/retry");
        }

        await StandIn.WaitForAsync("/again", 6, Cancel);
        never.SetResult(StandInAnswer.Ok);
        await Hub.UntilAsync(execution, "completed");
        Assert.Equal(6, StandIn.To("/again").Count);
    }

    private string Call(string path, string more = "") => $$"""[{"id":"call","type":"http.request","with":{"url":"{{StandIn.At(path)}}"} {{more}} }]""";

    private Task<JsonElement> CancelAsync(Guid execution) => Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{execution}/cancel");
}
