using Hub.Storage.Executions;
using Hub.Storage.Journal;
using Hub.Storage.Queue;

namespace Hub.Storage.Tests.Queue;

/// <summary>Who lost an execution writes nothing of it any more.</summary>
public sealed class FenceTests(StorageFixture storage) : StorageTest(storage)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Rescue_LeaseExpired_LetsAnotherNodeGoOnAndFencesTheFirst()
    {
        var (gone, other) = (Storage.AddNode(), Storage.AddNode());
        await other.Queue.RenewAsync(Lease, Cancel);
        await gone.Queue.RenewAsync(Lease, Cancel);
        var id = await ClaimAsync(gone);
        Assert.Equal(0, await other.Queue.RescueAsync(Cancel));
        Assert.True(await gone.Journal.WriteAsync(Entry(id, 1, new StepRecord("first", StepStatus.Completed)), Cancel));
        await Storage.ExecuteAsync("UPDATE hub.nodes SET lease_until = now() WHERE id = $1", gone.Node.Id);
        Assert.Equal(1, await other.Queue.RescueAsync(Cancel));
        Assert.Equal("pending", await StatusAsync(id));

        Assert.False(await gone.Journal.WriteAsync(Entry(id, 1, new StepRecord("late", StepStatus.Completed)), Cancel));
        var again = Assert.Single(await other.Queue.ClaimAsync(10, Cancel));
        Assert.Equal((id, 2, "first"), (again.Id, again.Claim, Assert.Single(again.Steps!).Record.StepId));
        Assert.False(
            await gone.Journal.WriteAsync(Entry(id, 1, new StepRecord("later", StepStatus.Completed)) with { Status = ExecutionStatus.Completed }, Cancel)
        );
        Assert.Equal("running", await StatusAsync(id));
        Assert.Equal(1L, await StepsAsync(id));
        Assert.True(
            await other.Journal.WriteAsync(Entry(id, 2, new StepRecord("second", StepStatus.Completed)) with { Status = ExecutionStatus.Completed }, Cancel)
        );
        Assert.Equal(("completed", 2L), (await StatusAsync(id), await StepsAsync(id)));
    }

    [Fact]
    public async Task Rescue_SeveralNodesGone_FreesWhatEachHeldAndNothingOfTheLiving()
    {
        var (expired, unknown, living) = (Storage.AddNode(), Storage.AddNode(), Storage.AddNode());
        await living.Queue.RenewAsync(Lease, Cancel);
        await expired.Queue.RenewAsync(TimeSpan.FromSeconds(1), Cancel);
        var held = new List<Guid>();
        foreach (var node in (TestNode[])[expired, living, unknown, expired])
        {
            held.Add(await ClaimAsync(node));
        }

        await Storage.ExecuteAsync("UPDATE hub.nodes SET lease_until = now() WHERE id = $1", expired.Node.Id);
        Assert.Equal(3, await living.Queue.RescueAsync(Cancel));
        Assert.Equal(["pending", "running", "pending", "pending"], await Task.WhenAll(held.Select(StatusAsync)));
        Assert.Equal(0, await living.Queue.RescueAsync(Cancel));
        Assert.Equal(3, (await living.Queue.ClaimAsync(10, Cancel)).Count);
    }

    [Fact]
    public async Task Claim_RenewedByTheSameNode_FencesItsOwnEarlierRun()
    {
        var node = Storage.AddNode();
        await node.Queue.RenewAsync(Lease, Cancel);
        var id = await ClaimAsync(node);
        await node.Queue.ReleaseAsync([id], Cancel);
        Assert.Equal(2, Assert.Single(await node.Queue.ClaimAsync(10, Cancel)).Claim);
        Assert.False(await node.Journal.WriteAsync(Entry(id, 1, new StepRecord("a", StepStatus.Completed)), Cancel));
        Assert.True(await node.Journal.WriteAsync(Entry(id, 2, new StepRecord("a", StepStatus.Completed)), Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_OfWhatIsHeld_FencesTheHolder(bool takenAgain)
    {
        var node = Storage.AddNode();
        await node.Queue.RenewAsync(Lease, Cancel);
        var id = await ClaimAsync(node);
        Assert.Equal(2, await node.Queue.CancelAsync(id, Cancel));
        Assert.Null(await node.Queue.CancelAsync(id, Cancel));
        if (takenAgain)
        {
            Assert.True(await node.Queue.ResumeAsync(new Resumption(id, 1, 2), Cancel));
            Assert.Equal(3, Assert.Single(await node.Queue.ClaimAsync(10, Cancel)).Claim);
        }

        Assert.False(
            await node.Journal.WriteAsync(Entry(id, 1, new StepRecord("a", StepStatus.Completed)) with { Status = ExecutionStatus.Completed }, Cancel)
        );
        Assert.Equal(takenAgain ? "running" : "cancelled", await StatusAsync(id));
        Assert.Equal(0L, await StepsAsync(id));
    }

    [Fact]
    public async Task Resume_OfAFailedOne_KeepsWhatCompletedOrWasHandledAndForgetsTheRest()
    {
        var node = Storage.AddNode();
        await node.Queue.RenewAsync(Lease, Cancel);
        var id = await ClaimAsync(node);
        var letter = new NewDeadLetter(Guid.CreateVersion7(), "bad", "[]", "{}", TimeProvider.System.GetUtcNow());
        StepRecord[] steps =
        [
            new("good", StepStatus.Completed),
            new("handled", StepStatus.Failed) { Port = "error" },
            new("bad", StepStatus.Failed),
            new("never", StepStatus.Skipped),
            new("stop", StepStatus.Completed) { Error = """{"code":"stopped"}""" },
        ];
        Assert.True(await node.Journal.WriteAsync(new JournalEntry(id, 1, ExecutionStatus.Failed, null, 3, """{"code":"x"}""", steps, letter), Cancel));
        Assert.Equal("open", await Storage.AskAsync("SELECT status FROM hub.dead_letters WHERE execution_id = $1", id));
        Assert.False(await node.Queue.ResumeAsync(new Resumption(id, 1, 0), Cancel));
        Assert.True(await node.Queue.ResumeAsync(new Resumption(id, 1, 1), Cancel));
        Assert.False(await node.Queue.ResumeAsync(new Resumption(id, 1, 1), Cancel));
        Assert.Equal("replayed", await Storage.AskAsync("SELECT status FROM hub.dead_letters WHERE execution_id = $1", id));
        var again = Assert.Single(await node.Queue.ClaimAsync(10, Cancel));
        Assert.Equal(["good", "handled"], again.Steps!.Select(step => step.Record.StepId).Order());
        Assert.Equal(0, again.FailedTries);
    }

    private static JournalEntry Entry(Guid id, int claim, params StepRecord[] steps) => new(id, claim, ExecutionStatus.Running, null, 0, null, steps);

    private async Task<Guid> ClaimAsync(TestNode node)
    {
        var id = await Storage.AddDueAsync(TimeSpan.FromDays(1));
        Assert.Equal(id, Assert.Single(await node.Queue.ClaimAsync(1, Cancel)).Id);
        return id;
    }

    private Task<object?> StepsAsync(Guid id) => Storage.AskAsync("SELECT count(*) FROM hub.execution_steps WHERE execution_id = $1", id);
}
