using Hub.Storage.Executions;
using Hub.Storage.Journal;
using Hub.Storage.Queue;

namespace Hub.Storage.Tests.Queue;

public sealed class ClaimTests(StorageFixture storage) : StorageTest(storage)
{
    [Fact]
    public async Task Claim_ByRivalNodesAtOnce_GivesEachExecutionToOne()
    {
        await Storage.ExecuteAsync("DELETE FROM hub.executions");
        var due = new HashSet<Guid>();
        for (var i = 0; i < 400; i++)
        {
            due.Add(await Storage.AddDueAsync());
        }

        var nodes = Enumerable.Range(0, 4).Select(_ => Storage.AddNode()).ToList();
        var claimed = await Task.WhenAll(
            nodes.Select(node =>
                Task.Run(async () =>
                {
                    var mine = new List<Guid>();
                    for (IReadOnlyList<ClaimedExecution> batch; (batch = await node.Queue.ClaimAsync(7, Cancel)).Count > 0; )
                    {
                        Assert.All(batch, execution => Assert.Equal(1, execution.Claim));
                        mine.AddRange(batch.Select(execution => execution.Id));
                    }

                    return mine;
                })
            )
        );
        Assert.Equal(due.Count, claimed.Sum(mine => mine.Count));
        Assert.True(due.SetEquals(claimed.SelectMany(mine => mine)));
        foreach (var (node, mine) in nodes.Zip(claimed))
        {
            Assert.Equal(
                (long)mine.Count,
                await Storage.AskAsync("SELECT count(*) FROM hub.executions WHERE lease_node = $1 AND status = 'running'", node.Node.Id)
            );
        }
    }

    [Fact]
    public async Task Claim_MoreDueThanAsked_TakesTheLongestDueFirst()
    {
        await Storage.ExecuteAsync("DELETE FROM hub.executions");
        var node = Storage.AddNode();
        var late = await Storage.AddDueAsync(TimeSpan.FromDays(1));
        var later = await Storage.AddDueAsync(TimeSpan.FromDays(2));
        var notYet = await Storage.AddDueAsync(TimeSpan.FromDays(-1));
        Assert.Equal([later], (await node.Queue.ClaimAsync(1, Cancel)).Select(execution => execution.Id));
        Assert.Contains(late, (await node.Queue.ClaimAsync(100, Cancel)).Select(execution => execution.Id));
        Assert.Equal("pending", await StatusAsync(notYet));
        var next = await node.Queue.NextWakeAsync(Cancel);
        Assert.InRange(next!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task Claim_OfOnesWithLargeOutputs_LeavesTheirStepsToBeLoadedOneByOne()
    {
        await Storage.ExecuteAsync("DELETE FROM hub.executions");
        var node = Storage.AddNode();
        var sizes = new[] { 0, 1000, ExecutionQueue.LargeBody / 2, ExecutionQueue.LargeBody };
        var executions = new Dictionary<Guid, int>();
        foreach (var size in sizes)
        {
            var id = await Storage.AddDueAsync(TimeSpan.FromDays(1));
            executions[id] = size;
            Assert.Empty(Assert.Single(await node.Queue.ClaimAsync(1, Cancel)).Steps);
            StepRecord[] steps =
                size == 0
                    ? []
                    : [new("a", StepStatus.Completed) { Output = $"\"{new string('x', size)}\"" }, new("b", StepStatus.Retrying) { WakeIn = TimeSpan.Zero }];
            Assert.True(await node.Journal.WriteAsync(new JournalEntry(id, 1, ExecutionStatus.Retrying, TimeSpan.Zero, 0, null, steps), Cancel));
        }

        foreach (var execution in await node.Queue.ClaimAsync(10, Cancel))
        {
            var size = executions[execution.Id];
            Assert.Equal((size is 1000 or ExecutionQueue.LargeBody / 2 ? 2 : 0, size == ExecutionQueue.LargeBody), (execution.Steps.Count, execution.IsLarge));
            var steps = await node.Queue.LoadStepsAsync(execution.Id, Cancel);
            Assert.Equal(size == 0 ? 0 : size + 2, steps.Sum(step => step.Record.Output?.Length ?? 0));
        }
    }

    [Fact]
    public async Task ClaimParked_BeforeTheirTime_TakesThoseThatWaitForThisTheLongestFirst()
    {
        await Storage.ExecuteAsync("DELETE FROM hub.executions");
        var node = Storage.AddNode();
        var first = await ParkAsync(node, "here", TimeSpan.FromHours(1));
        var second = await ParkAsync(node, "here", TimeSpan.FromHours(2));
        var other = await ParkAsync(node, "there", TimeSpan.Zero);
        Assert.Equal([(first, "here")], (await node.Queue.ClaimParkedAsync("here", 1, Cancel)).Select(claimed => (claimed.Id, claimed.ParkedOn)));
        Assert.Equal([(second, 2)], (await node.Queue.ClaimParkedAsync("here", 10, Cancel)).Select(claimed => (claimed.Id, claimed.Claim)));
        Assert.Empty(await node.Queue.ClaimParkedAsync("here", 10, Cancel));
        Assert.Equal([(other, "there")], (await node.Queue.ClaimAsync(10, Cancel)).Select(claimed => (claimed.Id, claimed.ParkedOn)));
        Assert.Equal(0L, await Storage.AskAsync("SELECT count(*) FROM hub.executions WHERE parked_on IS NOT NULL"));
    }

    [Fact]
    public async Task Cancel_OfAParkedOne_IsClaimedByNobody()
    {
        var node = Storage.AddNode();
        var parked = await ParkAsync(node, "cancelled", TimeSpan.FromHours(1));
        Assert.Equal(2, await node.Queue.CancelAsync(parked, Cancel));
        Assert.Empty(await node.Queue.ClaimParkedAsync("cancelled", 10, Cancel));
    }

    [Fact]
    public async Task Release_OfNamedOnes_GivesBackOnlyThose()
    {
        var node = Storage.AddNode();
        var first = await Storage.AddDueAsync(TimeSpan.FromDays(3));
        var second = await Storage.AddDueAsync(TimeSpan.FromDays(3));
        await node.Queue.ClaimAsync(2, Cancel);
        Assert.Equal(1, await node.Queue.ReleaseAsync([first], Cancel));
        Assert.Equal(("pending", "running"), (await StatusAsync(first), await StatusAsync(second)));
        Assert.Equal(1, await node.Queue.ReleaseAsync(null, Cancel));
        Assert.Equal(0, await node.Queue.ReleaseAsync(null, Cancel));
    }

    private async Task<Guid> ParkAsync(TestNode node, string on, TimeSpan rest)
    {
        var id = await Storage.AddDueAsync(TimeSpan.FromDays(9));
        Assert.Equal(id, Assert.Single(await node.Queue.ClaimAsync(1, Cancel)).Id);
        Assert.True(await node.Journal.WriteAsync(new JournalEntry(id, 1, ExecutionStatus.Pending, rest, 0, null, []) { ParkedOn = on }, Cancel));
        return id;
    }
}
