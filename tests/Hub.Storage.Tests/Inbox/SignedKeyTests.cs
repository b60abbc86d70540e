using Hub.Storage.Inbox;

namespace Hub.Storage.Tests.Inbox;

/// <summary>Repetitions that are known by what their signature covers, whatever id they come under.</summary>
public sealed class SignedKeyTests(StorageFixture storage) : StorageTest(storage)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static int _made;
    private readonly Guid _source = Guid.CreateVersion7();

    [Fact]
    public async Task Write_SignedKeyUnderAnotherIdOrNone_IsADuplicate()
    {
        var inbox = Storage.AddNode().Inbox;
        var first = Entry("a", "x");
        await KeptAsync(inbox, first);
        await DuplicateAsync(inbox, Entry("b", "x"), first);
        await DuplicateAsync(inbox, Entry(null, "x"), first);
        await DuplicateAsync(inbox, Entry("a", "y"), first);
        await KeptAsync(inbox, Entry("c", "z"));
        await KeptAsync(inbox, Entry(null, "without an id"));
        await KeptAsync(inbox, Entry("a", Guid.CreateVersion7(), "x"));
    }

    [Fact]
    public async Task Write_IdThatIsOnlyShown_TellsNoRepetition()
    {
        var inbox = Storage.AddNode().Inbox;
        var first = Entry("a", "x");
        await KeptAsync(inbox, Shown(first));
        await DuplicateAsync(inbox, Shown(Entry("b", "x")), first);
        await KeptAsync(inbox, Shown(Entry("a", "y")));
        Assert.Equal("a", await Storage.AskAsync("SELECT dedupe_key FROM hub.deliveries WHERE id = $1", first.Delivery!.Id));
        Assert.Equal(2L, await Storage.AskAsync("SELECT count(*) FROM hub.delivery_keys WHERE source_id = $1", _source));

        static InboxEntry Shown(InboxEntry entry)
        {
            var delivery = entry.Delivery!;
            return entry with
            {
                Delivery = new Delivery
                {
                    Id = delivery.Id,
                    SourceId = delivery.SourceId,
                    ReceivedAt = Now,
                    Method = "POST",
                    Query = "",
                    Headers = "{}",
                    Body = [],
                    DedupeKey = delivery.DedupeKey,
                    SignedKeys = delivery.SignedKeys,
                    IsKnownById = false,
                },
            };
        }
    }

    [Fact]
    public async Task Write_ReplayUnderTheIdOfAnother_DoesNotTakeItsId()
    {
        var inbox = Storage.AddNode().Inbox;
        var first = Entry("a", "x");
        await KeptAsync(inbox, first);
        await DuplicateAsync(inbox, Entry("b", "x"), first);
        await KeptAsync(inbox, Entry("b", "y"));
    }

    [Fact]
    public async Task Write_RepetitionSignedAnew_IsKnownWhenItIsReplayed()
    {
        var inbox = Storage.AddNode().Inbox;
        var first = Entry("a", "x");
        await KeptAsync(inbox, first);
        await DuplicateAsync(inbox, Entry("a", "x, a minute later"), first);
        await DuplicateAsync(inbox, Entry("b", "x, a minute later"), first);
    }

    [Fact]
    public async Task Write_SeveralSignedItems_AreADuplicateWhenAllAreKnown()
    {
        var inbox = Storage.AddNode().Inbox;
        var first = Entry(null, "x");
        await KeptAsync(inbox, first);
        await KeptAsync(inbox, Entry(null, "y"));
        await DuplicateAsync(inbox, Entry(null, "y", "x"), first);
        await KeptAsync(inbox, Entry(null, "x", "z"));
        await DuplicateAsync(inbox, Entry(null, "x", "y", "z"), first);
    }

    [Fact]
    public async Task Write_SignedKeyWhoseWindowHasPassed_ChangesHands()
    {
        var inbox = Storage.AddNode().Inbox;
        await KeptAsync(inbox, Entry("a", "x"));
        await Storage.ExecuteAsync("UPDATE hub.delivery_keys SET expires_at = now() WHERE source_id = $1", _source);
        var second = Entry("b", "x");
        await KeptAsync(inbox, second);
        await DuplicateAsync(inbox, Entry("c", "x"), second);
    }

    [Fact]
    public async Task Write_SameContentUnderManyIdsOnTwoNodesAtOnce_KeepsOneAndNamesItToTheOthers()
    {
        var nodes = new[] { Storage.AddNode(), Storage.AddNode() };
        var entries = Enumerable.Range(0, 200).Select(i => Entry($"id-{i}", $"content-{i % 5}")).ToList();
        var receipts = await Task.WhenAll(entries.Select((entry, i) => nodes[i % 2].Inbox.WriteAsync(entry).AsTask()));
        foreach (var same in entries.Zip(receipts).GroupBy(pair => pair.First.Delivery!.SignedKeys[0]))
        {
            var kept = Assert.Single(same, pair => pair.Second.Verdict == InboxVerdict.Kept);
            Assert.All(same.Where(pair => pair != kept), pair => Assert.Equal(new InboxReceipt(InboxVerdict.Duplicate, kept.First.Delivery!.Id), pair.Second));
        }

        Assert.Equal(
            "200 5 195",
            await Storage.AskAsync("SELECT concat_ws(' ', sum(received), sum(accepted), sum(duplicate)) FROM hub.intake_counts WHERE source_id = $1", _source)
        );

        // Those that were not kept left their ids to whom they belong.
        await KeptAsync(
            nodes[0].Inbox,
            Entry(entries.Zip(receipts).First(pair => pair.Second.Verdict == InboxVerdict.Duplicate).First.Delivery!.DedupeKey, "its own")
        );
    }

    [Fact]
    public async Task Write_KeysInOppositeOrdersOnTwoNodes_DoNotWaitForEachOther()
    {
        var nodes = new[] { Storage.AddNode(), Storage.AddNode() };
        var names = Enumerable.Range(0, 40).Select(i => $"k{i}").ToList();
        var receipts = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .SelectMany(i =>
                    new[]
                    {
                        nodes[0].Inbox.WriteAsync(Entry(names[i], names[39 - i])).AsTask(),
                        nodes[1].Inbox.WriteAsync(Entry(names[39 - i], names[i])).AsTask(),
                    }
                )
        );
        Assert.DoesNotContain(receipts, receipt => receipt.Verdict == InboxVerdict.Unavailable);
    }

    private InboxEntry Entry(string? id, params string[] signed) => Entry(id, _source, signed);

    private static InboxEntry Entry(string? id, Guid source, params string[] signed) =>
        new(
            new Delivery
            {
                // Each a moment after the one before, so that it is clear which is the first.
                Id = Guid.CreateVersion7(Now.AddMilliseconds(Interlocked.Increment(ref _made))),
                SourceId = source,
                ReceivedAt = Now,
                Method = "POST",
                Query = "",
                Headers = "{}",
                DedupeKey = id,
                SignedKeys = [.. signed.Select(key => " " + key)],
                Body = [],
            },
            []
        );

    private static async Task KeptAsync(InboxWriter inbox, InboxEntry entry) => Assert.Equal(InboxVerdict.Kept, (await inbox.WriteAsync(entry)).Verdict);

    private static async Task DuplicateAsync(InboxWriter inbox, InboxEntry entry, InboxEntry first) =>
        Assert.Equal(new InboxReceipt(InboxVerdict.Duplicate, first.Delivery!.Id), await inbox.WriteAsync(entry));
}
