using Hub.Engine.Executions;

namespace Hub.Engine.Tests.Executions;

/// <summary>What had begun to end when its node died ends as it was recorded; a person's retry runs anew what ended it.</summary>
public sealed class RescueTests(HubFixture fixture) : EngineTest(fixture)
{
    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    public async Task Stop_RecordedWhileACallWasUnderWay_EndsItAfterARescue(string outcome)
    {
        var (slow, answer) = Slow($"/slow-{outcome}");
        var steps = $$"""
            [{{Call("slow", slow)}},{{Call("next", "/never", ""","after":["slow"]""")}},{{Call("first", "/first")}},
             {"id":"end","type":"stop","after":["first"],"with":{"outcome":"{{outcome}}","reason":"as told"} }]
            """;
        var id = await RescueOnceAsync(steps, slow, "end", "completed");
        var execution = await Hub.EndOfAsync(id);
        Assert.Equal((outcome, "slow:pending next:pending first:completed end:completed"), (execution.Status(), execution.StepStates()));
        Assert.Single(StandIn.To(slow));
        if (outcome == "failed")
        {
            Assert.Equal(("stopped", "as told", "end"), ErrorOf(execution));
            await Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{id}/retry");
            Assert.Equal(("stopped", "as told", "end"), ErrorOf(await Hub.EndOfAsync(id)));
            Assert.Equal(2L, await Hub.AskAsync("SELECT count(*) FROM hub.dead_letters WHERE execution_id = $1", id));
        }

        answer.SetResult(StandInAnswer.Ok);
    }

    [Fact]
    public async Task Failure_RecordedWhileACallWasUnderWay_StaysFailedUntilAPersonRetries()
    {
        var (slow, answer) = Slow("/slow-failure");
        StandIn.On("/bad", new StandInAnswer(400), StandInAnswer.Ok);
        var id = await RescueOnceAsync($"[{Call("slow", slow)},{Call("bad", "/bad")}]", slow, "bad", "failed");
        var execution = await Hub.EndOfAsync(id);
        Assert.Equal(("failed", "slow:pending bad:failed"), (execution.Status(), execution.StepStates()));
        Assert.Equal(
            ("http_status", "bad", 400),
            (
                execution.GetProperty("error").GetProperty("code").GetString(),
                ErrorOf(execution).StepId,
                execution.GetProperty("error").GetProperty("httpStatus").GetInt32()
            )
        );
        Assert.Single(StandIn.To("/bad"));
        answer.SetResult(StandInAnswer.Ok);
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{id}/retry");
        Assert.Equal("slow:completed bad:completed", (await Hub.UntilAsync(id, "completed")).StepStates());
        Assert.Equal(2, StandIn.To("/bad").Count);
    }

    [Fact]
    public async Task Stop_EndedItWell_StaysSoWhenACallUnderWayFails()
    {
        var (slow, answer) = Slow("/slow-fails");
        var id = await Hub.ExecuteAsync(
            await Hub.AddWorkflowAsync($$"""[{{Call("slow", slow)}},{{Call("first", "/first")}},{"id":"end","type":"stop","after":["first"]}]""")
        );
        await Hub.UntilStepAsync(id, "end", "completed");
        answer.SetResult(new StandInAnswer(400));
        var execution = await Hub.EndOfAsync(id);
        Assert.Equal(("completed", "slow:failed first:completed end:completed"), (execution.Status(), execution.StepStates()));
    }

    private static (string? Code, string? Message, string? StepId) ErrorOf(JsonElement execution)
    {
        var error = execution.GetProperty("error");
        return (error.GetProperty("code").GetString(), error.GetProperty("message").GetString(), error.GetProperty("stepId").GetString());
    }

    /// <summary>A path that answers when it is told.</summary>
    private (string Path, TaskCompletionSource<StandInAnswer> Answer) Slow(string path)
    {
        var answer = new TaskCompletionSource<StandInAnswer>();
        StandIn.On(path, (_, _) => answer.Task);
        return (path, answer);
    }

    /// <summary>Runs the steps; once this one is recorded and the slow call is under way, the execution is freed as if its node had died.</summary>
    private async Task<Guid> RescueOnceAsync(string steps, string slow, string step, string status)
    {
        var id = await Hub.ExecuteAsync(await Hub.AddWorkflowAsync(steps));
        await StandIn.WaitForAsync(slow, 1, Cancel);
        await Hub.UntilStepAsync(id, step, status);
        await Hub.AskAsync("UPDATE hub.executions SET status = 'pending', wake_at = now(), lease_node = NULL WHERE id = $1 AND status = 'running'", id);
        Hub.Get<WakeSignal>().Now();
        return id;
    }
}
