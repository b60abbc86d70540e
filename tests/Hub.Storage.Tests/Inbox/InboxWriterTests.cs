using Hub.Storage.Inbox;

namespace Hub.Storage.Tests.Inbox;

public sealed class InboxWriterTests(StorageFixture storage) : StorageTest(storage)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Write_SameKeyOnTwoNodesAtOnce_KeepsOneAndNamesItToTheOthers()
    {
        var nodes = new[] { Storage.AddNode(), Storage.AddNode() };
        var source = Guid.CreateVersion7();
        var entries = Enumerable.Range(0, 200).Select(i => Entry(source, $"key-{i % 5}")).ToList();
        var receipts = await Task.WhenAll(entries.Select((entry, i) => nodes[i % 2].Inbox.WriteAsync(entry).AsTask()));
        foreach (var key in entries.Zip(receipts).GroupBy(pair => pair.First.Delivery!.DedupeKey))
        {
            var kept = Assert.Single(key, pair => pair.Second.Verdict == InboxVerdict.Kept);
            Assert.All(key.Where(pair => pair != kept), pair => Assert.Equal(new InboxReceipt(InboxVerdict.Duplicate, kept.First.Delivery!.Id), pair.Second));
        }

        Assert.Equal(5L, await CountAsync("deliveries", source));
        Assert.Equal(
            5L,
            await Storage.AskAsync("SELECT count(*) FROM hub.executions e JOIN hub.deliveries d ON d.id = e.delivery_id WHERE d.source_id = $1", source)
        );
    }

    [Fact]
    public async Task Write_OneValueTheServerRefuses_KeepsTheNeighbours()
    {
        var node = Storage.AddNode();
        var source = Guid.CreateVersion7();
        var receipts = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(i => node.Inbox.WriteAsync(Entry(source, null, i == 11 ? "{not json" : "{}")).AsTask())
        );
        Assert.Equal(InboxVerdict.Unavailable, receipts[11].Verdict);
        Assert.Equal(29, receipts.Count(receipt => receipt.Verdict == InboxVerdict.Kept));
        Assert.Equal(29L, await CountAsync("deliveries", source));
    }

    [Fact]
    public async Task Write_LeasedBirth_IsHeldByThisNodeUnderItsFirstClaim()
    {
        var node = Storage.AddNode();
        var entry = Entry(Guid.CreateVersion7(), null);
        await node.Inbox.WriteAsync(entry);
        Assert.Equal(
            $"running {node.Node.Id} 1",
            await Storage.AskAsync("SELECT concat_ws(' ', status, lease_node, claim) FROM hub.executions WHERE id = $1", entry.Executions[0].Id)
        );
    }

    [Fact]
    public async Task Write_AfterDraining_IsRefused()
    {
        var node = Storage.AddNode();
        await node.Inbox.DrainAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(InboxVerdict.Unavailable, (await node.Inbox.WriteAsync(Entry(Guid.CreateVersion7(), null))).Verdict);
    }

    private static InboxEntry Entry(Guid source, string? key, string headers = "{}")
    {
        var delivery = new Delivery
        {
            Id = Guid.CreateVersion7(),
            SourceId = source,
            ReceivedAt = Now,
            Method = "POST",
            Query = "",
            Headers = headers,
            DedupeKey = key,
            Body = [0, 255],
        };
        return new InboxEntry(
            delivery,
            [new NewExecution(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, "webhook", delivery.Id, null, null, Now, Leased: true)]
        );
    }

    private Task<object?> CountAsync(string table, Guid source) => Storage.AskAsync($"SELECT count(*) FROM hub.{table} WHERE source_id = $1", source);
}
