using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;

namespace Hub.Storage.Tests.Executions;

/// <summary>Executions that a step of another one runs.</summary>
public sealed class ChildExecutionTests(StorageFixture storage) : StorageTest(storage)
{
    [Fact]
    public async Task Start_TheSameItemsTwice_StartsEachOnce()
    {
        var node = Storage.AddNode();
        var parent = Guid.CreateVersion7();
        await node.Inbox.WriteAsync(new InboxEntry(null, [Item(parent, 0), Item(parent, 1)]));
        await node.Inbox.WriteAsync(new InboxEntry(null, [Item(parent, 0), Item(parent, 1), Item(parent, 2)]));
        Assert.Equal(3L, await Storage.AskAsync("SELECT count(*) FROM hub.executions WHERE parent_id = $1", parent));
    }

    [Fact]
    public async Task Claim_OfAnItem_GivesItsParentItsPathAndItsValue()
    {
        var node = Storage.AddNode();
        var item = Item(Guid.CreateVersion7(), 4);
        await node.Inbox.WriteAsync(new InboxEntry(null, [item]));
        var claimed = (await node.Queue.ClaimAsync(100, Cancel)).Single(execution => execution.Id == item.Id);
        Assert.Equal((item.Parent, "orders.7/lines.4", """{"sku":"A-1"}"""), (claimed.Parent, claimed.Iteration, claimed.Item));
    }

    [Fact]
    public async Task Record_OfAnItem_KeepsThePathBesideItsSteps()
    {
        var node = Storage.AddNode();
        var item = Item(Guid.CreateVersion7(), 5);
        await node.Inbox.WriteAsync(new InboxEntry(null, [item]));
        var claimed = (await node.Queue.ClaimAsync(100, Cancel)).Single(execution => execution.Id == item.Id);
        var entry = new JournalEntry(item.Id, claimed.Claim, ExecutionStatus.Completed, null, 0, null, [new StepRecord("a", StepStatus.Completed)]);
        Assert.True(await node.Journal.WriteAsync(entry with { Iteration = claimed.Iteration }, Cancel));
        Assert.Equal("orders.7/lines.5", await Storage.AskAsync("SELECT iteration FROM hub.execution_steps WHERE execution_id = $1", item.Id));
    }

    [Fact]
    public async Task Row_WithHalfAParent_IsRefusedByTheTable()
    {
        var id = await Storage.AddDueAsync();
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            Storage.ExecuteAsync("UPDATE hub.executions SET parent_id = id, parent_step = 'each' WHERE id = $1", id)
        );
        Assert.Equal("executions_parent_check", refused.ConstraintName);
    }

    private static NewExecution Item(Guid parent, int index) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, ExecutionTriggers.Item, null, null, null, TimeProvider.System.GetUtcNow(), Leased: false)
        {
            Parent = new ExecutionParent(parent, "lines", index),
            Iteration = IterationPath.Of("orders.7", "lines", index),
            Item = """{"sku":"A-1"}""",
        };
}
