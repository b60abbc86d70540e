using Hub.Storage.Executions;
using Hub.Storage.Journal;
using Hub.Storage.Queue;

namespace Hub.Storage.Tests.Executions;

/// <summary>Executions whose steps wait for something that is to come.</summary>
public sealed class ExecutionWaitsTests(StorageFixture storage) : StorageTest(storage)
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    private ExecutionWaits Waits => new(Storage.Database);

    [Fact]
    public async Task Signal_WhileItsExecutionWaits_WakesIt()
    {
        var (node, signal) = (Storage.AddNode(), Guid.CreateVersion7());
        var execution = await RestAsync(node, new Awaited(AwaitedKind.Signal, signal));
        Assert.Equal(0, await Waits.WakeAsync([signal], Cancel));
        Assert.DoesNotContain(await node.Queue.ClaimAsync(100, Cancel), claimed => claimed.Id == execution);
        Assert.True(await Waits.SignalAsync(signal, """{"ok":true}""", Cancel));
        var step = await ClaimedStepAsync(node, execution);
        Assert.Equal((true, true, new Awaited(AwaitedKind.Signal, signal)), (step.Due, step.HasCome, step.Record.Awaits));
    }

    [Fact]
    public async Task Signal_BeforeItsExecutionWaits_WakesItWhenItAsks()
    {
        var (node, signal) = (Storage.AddNode(), Guid.CreateVersion7());
        Assert.True(await Waits.SignalAsync(signal, null, Cancel));
        var execution = await RestAsync(node, new Awaited(AwaitedKind.Signal, signal));
        Assert.Equal(1, await Waits.WakeAsync([signal], Cancel));
        Assert.True((await ClaimedStepAsync(node, execution)).HasCome);
    }

    [Fact]
    public async Task Signal_SecondOfAnId_ChangesNothing()
    {
        var signal = Guid.CreateVersion7();
        Assert.True(await Waits.SignalAsync(signal, "1", Cancel));
        Assert.False(await Waits.SignalAsync(signal, "2", Cancel));
        Assert.Equal("1", await Storage.AskAsync("SELECT payload::text FROM hub.signals WHERE id = $1", signal));
    }

    [Fact]
    public async Task Signal_WhileItsExecutionRuns_IsSeenOnceThatRestsAndAsks()
    {
        var (node, signal) = (Storage.AddNode(), Guid.CreateVersion7());
        var execution = await ClaimAsync(node);
        var waiting = new StepRecord("wait", StepStatus.Waiting) { WakeIn = Long, Awaits = new Awaited(AwaitedKind.Signal, signal) };
        await node.Journal.WriteAsync(new JournalEntry(execution, 1, ExecutionStatus.Running, null, 0, null, [waiting]), Cancel);
        Assert.True(await Waits.SignalAsync(signal, null, Cancel));
        await node.Journal.WriteAsync(new JournalEntry(execution, 1, ExecutionStatus.Waiting, Long, 0, null, []), Cancel);
        Assert.Equal(1, await Waits.WakeAsync([signal], Cancel));
        Assert.True((await ClaimedStepAsync(node, execution)).HasCome);
    }

    [Theory]
    [InlineData(ExecutionStatus.Completed, true)]
    [InlineData(ExecutionStatus.Failed, true)]
    [InlineData(ExecutionStatus.Retrying, false)]
    public async Task Wake_ForAChild_OnlyOnceThatHasEnded(ExecutionStatus status, bool wakes)
    {
        var node = Storage.AddNode();
        var child = await ClaimAsync(node);
        var execution = await RestAsync(node, new Awaited(AwaitedKind.Child, child));
        await node.Journal.WriteAsync(new JournalEntry(child, 1, status, ExecutionStateMachine.IsFinal(status) ? null : Long, 0, null, []), Cancel);
        Assert.Equal(wakes ? 1 : 0, await Waits.WakeAsync([child], Cancel));
        Assert.Equal(wakes, (await node.Queue.ClaimAsync(100, Cancel)).Any(claimed => claimed.Id == execution));
    }

    [Fact]
    public async Task Cancel_OfAChild_WakesItsParent()
    {
        var node = Storage.AddNode();
        var child = await Storage.AddDueAsync(-Long);
        var execution = await RestAsync(node, new Awaited(AwaitedKind.Child, child));
        await Storage.ExecuteAsync("UPDATE hub.executions SET parent_id = $1, parent_step = 'wait', parent_index = 0 WHERE id = $2", execution, child);
        Assert.NotNull(await node.Queue.CancelAsync(child, Cancel));
        Assert.True((await ClaimedStepAsync(node, execution)).HasCome);
    }

    [Fact]
    public async Task Claim_WhenTheTimeIsOver_SaysThatNothingCame()
    {
        var node = Storage.AddNode();
        var execution = await RestAsync(node, new Awaited(AwaitedKind.Signal, Guid.CreateVersion7()), TimeSpan.Zero);
        var step = await ClaimedStepAsync(node, execution);
        Assert.Equal((true, false), (step.Due, step.HasCome));
    }

    private async Task<Guid> RestAsync(TestNode node, Awaited awaited, TimeSpan? rest = null)
    {
        var execution = await ClaimAsync(node);
        var waiting = new StepRecord("wait", StepStatus.Waiting) { WakeIn = rest ?? Long, Awaits = awaited };
        Assert.True(await node.Journal.WriteAsync(new JournalEntry(execution, 1, ExecutionStatus.Waiting, rest ?? Long, 0, null, [waiting]), Cancel));
        return execution;
    }

    private async Task<Guid> ClaimAsync(TestNode node)
    {
        var id = await Storage.AddDueAsync(Long);
        Assert.Contains(await node.Queue.ClaimAsync(100, Cancel), claimed => claimed.Id == id);
        return id;
    }

    private static async Task<RecordedStep> ClaimedStepAsync(TestNode node, Guid execution) =>
        Assert.Single((await node.Queue.ClaimAsync(100, Cancel)).Single(claimed => claimed.Id == execution).Steps);
}
