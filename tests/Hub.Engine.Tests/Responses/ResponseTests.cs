using Hub.Engine.Executions;
using Hub.Engine.Responses;
using Hub.Storage.Executions;
using Hub.Storage.Inbox;

namespace Hub.Engine.Tests.Responses;

public sealed class ResponseTests(HubFixture fixture) : EngineTest(fixture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private ResponseWaiters Waiters => Hub.Get<ResponseWaiters>();

    [Fact]
    public async Task Respond_BeforeASlowCall_AnswersAtOnceAndAfterItsRecord()
    {
        var never = new TaskCompletionSource<StandInAnswer>();
        StandIn.On("/after", (_, _) => never.Task);
        using var waiter = await StartAsync(
            $$$"""
            [{"id":"r","type":"respond","with":{"status":201,"headers":{"X-Order":"{{ trigger.body.n }}"},
            "body":{"n":"{{ trigger.body.n }}"} } },{{{Call("slow", "/after", ", \"after\":[\"r\"]")}}}]
            """
        );
        var answer = await waiter.Answer.WaitAsync(Patience, Cancel);
        Assert.Equal("completed", await Hub.AskAsync("SELECT status FROM hub.execution_steps WHERE execution_id = $1 AND step_id = 'r'", waiter.Execution));
        Assert.Equal((ExecutionStatus.Running, false, 201), (answer.Status, answer.Error, answer.Response!.Status));
        Assert.Equal([KeyValuePair.Create("X-Order", "7"), KeyValuePair.Create("Content-Type", "application/json; charset=utf-8")], answer.Response.Headers);
        Assert.Equal("""{"n":7}""", Encoding.UTF8.GetString(answer.Response.Body.Span));
        never.SetResult(StandInAnswer.Ok);
        Assert.Equal("completed", (await Hub.EndOfAsync(waiter.Execution)).Status());
        Assert.Equal(0, Waiters.Count);
    }

    [Fact]
    public async Task Respond_Twice_TheFirstCounts()
    {
        using var waiter = await StartAsync(
            """[{"id":"a","type":"respond","with":{"body":"first"}},{"id":"b","type":"respond","after":["a"],"with":{"body":"second"}}]"""
        );
        Assert.Equal("first", Encoding.UTF8.GetString((await waiter.Answer.WaitAsync(Patience, Cancel)).Response!.Body.Span));
        Assert.Equal("a:completed b:completed", (await Hub.EndOfAsync(waiter.Execution)).StepStates());
    }

    [Theory]
    [InlineData("completed", ExecutionStatus.Completed, false)]
    [InlineData("failed", ExecutionStatus.Failed, true)]
    public async Task End_WithoutAResponse_IsTheAnswer(string outcome, ExecutionStatus status, bool error)
    {
        using var waiter = await StartAsync($$"""[{"id":"a","type":"stop","with":{"outcome":"{{outcome}}"} }]""");
        var answer = await waiter.Answer.WaitAsync(Patience, Cancel);
        Assert.Equal((status, error, null), (answer.Status, answer.Error, answer.Response));
    }

    [Fact]
    public async Task Cancelled_ByAPerson_IsTheAnswer()
    {
        using var waiter = await StartAsync("""[{"id":"a","type":"delay","with":{"for":"1h"}}]""");
        await Hub.UntilAsync(waiter.Execution, "waiting");
        Assert.False(waiter.Answer.IsCompleted);
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{waiter.Execution}/cancel");
        Assert.Equal(ExecutionStatus.Cancelled, (await waiter.Answer.WaitAsync(Patience, Cancel)).Status);
    }

    [Fact]
    public async Task Respond_RecordRefusedByTheFence_AnswersNothing()
    {
        var held = new TaskCompletionSource<StandInAnswer>();
        StandIn.On("/held", (_, _) => held.Task);
        using var waiter = await StartAsync($$"""[{{Call("call", "/held")}},{"id":"r","type":"respond","after":["call"]}]""");
        await StandIn.WaitForAsync("/held", 1, Cancel);
        await Hub.AskAsync("UPDATE hub.executions SET claim = claim + 1 WHERE id = $1", waiter.Execution);
        held.SetResult(StandInAnswer.Ok);
        while (Hub.Get<RunningExecutions>().Contains(waiter.Execution))
        {
            await Task.Delay(10, Cancel);
        }

        Assert.False(waiter.Answer.IsCompleted);
    }

    [Fact]
    public void Dispose_WithoutAnAnswer_IsForgottenAndCancelled()
    {
        var waiters = new ResponseWaiters();
        var waiter = waiters.Expect(Guid.CreateVersion7());
        Assert.Throws<InvalidOperationException>(() => waiters.Expect(waiter.Execution));
        Assert.Equal(1, waiters.Count);
        waiter.Dispose();
        Assert.Equal(0, waiters.Count);
        Assert.True(waiter.Answer.IsCanceled);
        using var another = waiters.Expect(waiter.Execution);
        waiter.Dispose();
        Assert.Equal(1, waiters.Count);
    }

    /// <summary>An execution that somebody waited for before it was committed.</summary>
    private async Task<ResponseWaiter> StartAsync(string steps)
    {
        var workflow = await Hub.AddWorkflowAsync(steps);
        var waiter = Waiters.Expect(Guid.CreateVersion7());
        var newExecution = new NewExecution(waiter.Execution, workflow, 1, "manual", null, """{"n":7}""", null, TimeProvider.System.GetUtcNow(), Leased: false);
        Assert.Equal(InboxVerdict.Kept, (await Hub.Get<InboxWriter>().WriteAsync(new InboxEntry(null, [newExecution]))).Verdict);
        Hub.Get<WakeSignal>().Now();
        return waiter;
    }
}
