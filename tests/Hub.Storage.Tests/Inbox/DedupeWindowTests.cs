using Hub.Storage.Inbox;

namespace Hub.Storage.Tests.Inbox;

public sealed class DedupeWindowTests(StorageFixture storage) : StorageTest(storage)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Write_KeyWhoseWindowHasPassed_ChangesHands()
    {
        var node = Storage.AddNode();
        var source = Guid.CreateVersion7();
        var second = Entry(source, Now);
        Assert.Equal(InboxVerdict.Kept, (await node.Inbox.WriteAsync(Entry(source, Now))).Verdict);
        await Storage.ExecuteAsync("UPDATE hub.delivery_keys SET expires_at = now() WHERE source_id = $1", source);
        Assert.Equal(InboxVerdict.Kept, (await node.Inbox.WriteAsync(second)).Verdict);
        Assert.Equal(new InboxReceipt(InboxVerdict.Duplicate, second.Delivery!.Id), await node.Inbox.WriteAsync(Entry(source, Now)));
    }

    [Fact]
    public async Task Write_OldRequestOutOfQuarantine_HasItsWindowBeforeIt()
    {
        var node = Storage.AddNode();
        var source = Guid.CreateVersion7();
        Assert.Equal(InboxVerdict.Kept, (await node.Inbox.WriteAsync(Entry(source, Now - TimeSpan.FromDays(9)))).Verdict);
        Assert.Equal(InboxVerdict.Duplicate, (await node.Inbox.WriteAsync(Entry(source, Now - TimeSpan.FromDays(8)))).Verdict);
    }

    [Fact]
    public async Task Write_WindowOfTheSource_IsWhatCounts()
    {
        var node = Storage.AddNode();
        var source = Guid.CreateVersion7();
        await node.Inbox.WriteAsync(Entry(source, Now) with { DedupeWindow = TimeSpan.FromHours(2) });
        var hours = (double)
            (await Storage.AskAsync("SELECT extract(epoch FROM expires_at - now())::float8 / 3600 FROM hub.delivery_keys WHERE source_id = $1", source))!;
        Assert.InRange(hours, 1.9, 2.0);
    }

    [Fact]
    public async Task Write_Repetitions_AreRowsOfTheirOwnAndCounted()
    {
        var nodes = new[] { Storage.AddNode(), Storage.AddNode() };
        var source = Guid.CreateVersion7();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => nodes[i % 2].Inbox.WriteAsync(Entry(source, Now)).AsTask()));
        var first = Assert.Single(receipts.Select(receipt => receipt.FirstDelivery).Distinct(), id => id != default);
        Assert.Equal(99L, await Storage.AskAsync("SELECT count(*) FROM hub.duplicates WHERE source_id = $1 AND first_id = $2", source, first));
        Assert.Equal(
            "100 1 99",
            await Storage.AskAsync("SELECT concat_ws(' ', sum(received), sum(accepted), sum(duplicate)) FROM hub.intake_counts WHERE source_id = $1", source)
        );
    }

    private static InboxEntry Entry(Guid source, DateTimeOffset at) =>
        new(
            new Delivery
            {
                Id = Guid.CreateVersion7(at),
                SourceId = source,
                ReceivedAt = at,
                Method = "POST",
                Query = "",
                Headers = "{}",
                DedupeKey = "the key",
                Body = [],
            },
            []
        );
}
