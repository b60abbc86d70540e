using Hub.Storage.Inbox;
using Hub.Storage.Quarantine;
using Hub.Storage.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hub.Storage.Tests.Quarantine;

public sealed class QuarantineTests(StorageFixture storage) : StorageTest(storage)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private const long Plenty = 1L << 40;

    private readonly Guid _source = Guid.CreateVersion7();

    [Fact]
    public async Task Write_MoreThanTheBounds_KeepsTheNewestAndCountsTheOthersAsRefused()
    {
        await using var writer = Writer(
            new QuarantineOptions
            {
                Requests = 50,
                Pace = TimeSpan.Zero,
                MaxBatch = 10,
            }
        );
        Guid last = default;
        for (var i = 0; i < 200; i++)
        {
            last = await KeepAsync(writer, at: Now.AddMilliseconds(i));
        }

        await writer.DrainAsync(TimeSpan.FromSeconds(10));

        var kept = (long)(await Storage.AskAsync("SELECT count(*) FROM hub.quarantine WHERE source_id = $1", _source))!;
        Assert.InRange(kept, 50, 55);
        Assert.Equal(last, await Storage.AskAsync("SELECT id FROM hub.quarantine WHERE source_id = $1 ORDER BY id DESC LIMIT 1", _source));
        await AssertBooksCloseAsync(200, kept);
    }

    [Fact]
    public async Task Write_MoreBytesThanTheBounds_KeepsTheNewest()
    {
        await using var writer = Writer(
            new QuarantineOptions
            {
                Megabytes = 1,
                BytesPerSecond = Plenty,
                Pace = TimeSpan.Zero,
                MaxBatch = 4,
            }
        );
        for (var i = 0; i < 40; i++)
        {
            await KeepAsync(writer, new byte[100_000]);
        }

        await writer.DrainAsync(TimeSpan.FromSeconds(10));
        Assert.InRange(
            (long)(await Storage.AskAsync("SELECT sum(size)::bigint FROM hub.quarantine WHERE source_id = $1", _source))!,
            1,
            (long)(1.2 * (1 << 20))
        );
    }

    [Fact]
    public async Task Write_MoreThanAllSourcesMayTake_TakesFromTheLargest()
    {
        await using var writer = Writer(
            new QuarantineOptions
            {
                Megabytes = 10,
                TotalMegabytes = 1,
                BytesPerSecond = Plenty,
                TotalBytesPerSecond = Plenty,
                Pace = TimeSpan.Zero,
                MaxBatch = 4,
            }
        );
        await KeepAsync(writer, new byte[1000]);
        var large = Guid.CreateVersion7();
        for (var i = 0; i < 30; i++)
        {
            await KeepAsync(writer, new byte[100_000], large);
        }

        await writer.DrainAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(1L, await Storage.AskAsync("SELECT count(*) FROM hub.quarantine WHERE source_id = $1", _source));
        Assert.InRange((long)(await Storage.AskAsync("SELECT sum(size)::bigint FROM hub.quarantine"))!, 1, 1 << 20);
    }

    [Fact]
    public async Task TrimAll_OldRequests_Leave()
    {
        var options = new QuarantineOptions { Pace = TimeSpan.Zero, Days = 14 };
        await using var writer = Writer(options);
        await KeepAsync(writer, at: Now - TimeSpan.FromDays(15));
        var young = await KeepAsync(writer);
        using var bounds = new QuarantineBounds(Storage.Database, new HubNode(), Options.Create(options));
        await bounds.TrimAllAsync(Cancel);
        Assert.Equal(young, await Storage.AskAsync("SELECT id FROM hub.quarantine WHERE source_id = $1", _source));
    }

    [Fact]
    public async Task Write_FromQuarantine_MovesTheRequestAndItsCountOnceHoweverOftenItIsAsked()
    {
        await using var writer = Writer(new QuarantineOptions { Pace = TimeSpan.Zero });
        var id = await KeepAsync(writer);
        var nodes = new[] { Storage.AddNode(), Storage.AddNode(), Storage.AddNode() };
        var receipts = await Task.WhenAll(nodes.Select(node => node.Inbox.WriteAsync(Released(id)).AsTask()));

        Assert.Single(receipts, receipt => receipt.Verdict == InboxVerdict.Kept);
        Assert.Equal(1L, await Storage.AskAsync("SELECT count(*) FROM hub.executions WHERE delivery_id = $1", id));
        Assert.Equal(
            "1 1 0",
            await Storage.AskAsync("SELECT concat_ws(' ', sum(received), sum(accepted), sum(quarantined)) FROM hub.intake_counts WHERE source_id = $1", _source)
        );
        Assert.Equal(0L, await Storage.AskAsync("SELECT count(*) FROM hub.quarantine WHERE source_id = $1", _source));
    }

    [Fact]
    public async Task Write_FromQuarantineThatHasBeenTrimmed_KeepsNothingAndLeavesTheNeighboursIn()
    {
        var options = new QuarantineOptions { Pace = TimeSpan.Zero, Days = 14 };
        await using var writer = Writer(options);
        var trimmed = await KeepAsync(writer, at: Now - TimeSpan.FromDays(15));
        var present = await KeepAsync(writer);
        using var bounds = new QuarantineBounds(Storage.Database, new HubNode(), Options.Create(options));
        await bounds.TrimAllAsync(Cancel);
        var inbox = Storage.AddNode().Inbox;

        var receipts = await Task.WhenAll(inbox.WriteAsync(Released(trimmed)).AsTask(), inbox.WriteAsync(Released(present)).AsTask());

        Assert.Equal([InboxVerdict.Unavailable, InboxVerdict.Kept], receipts.Select(receipt => receipt.Verdict));
        Assert.Equal(present, await Storage.AskAsync("SELECT id FROM hub.deliveries WHERE source_id = $1", _source));
        Assert.Equal(0L, await Storage.AskAsync("SELECT count(*) FROM hub.executions WHERE delivery_id = $1", trimmed));
        Assert.Equal(
            "2 1 0 1",
            await Storage.AskAsync(
                "SELECT concat_ws(' ', sum(received), sum(accepted), sum(quarantined), sum(refused)) FROM hub.intake_counts WHERE source_id = $1",
                _source
            )
        );
    }

    [Fact]
    public async Task Write_FromQuarantineByRivalsThatKeepItElsewhere_KeepsItOnce()
    {
        await using var writer = Writer(new QuarantineOptions { Pace = TimeSpan.Zero });
        var id = await KeepAsync(writer);
        var (one, other) = (Storage.AddNode().Inbox, Storage.AddNode().Inbox);
        var receipts = await Task.WhenAll(one.WriteAsync(Released(id)).AsTask(), other.WriteAsync(Released(id, partition: 1)).AsTask());
        Assert.Single(receipts, receipt => receipt.Verdict == InboxVerdict.Kept);
        Assert.Equal(1L, await Storage.AskAsync("SELECT count(*) FROM hub.deliveries WHERE id = $1", id));
    }

    [Fact]
    public async Task RefusalCounts_AddedWhileWritten_AreAllCountedOnce()
    {
        var counts = new RefusalCounts(Storage.Database, new HubNode());
        var adding = Enumerable
            .Range(0, 4)
            .Select(_ =>
                Task.Run(() =>
                {
                    for (var i = 0; i < 5000; i++)
                    {
                        counts.Add(_source, Now, i % 2 == 0 ? "rate_limited" : "body_too_large");
                    }
                })
            )
            .ToArray();
        while (!Task.WhenAll(adding).IsCompleted)
        {
            await counts.FlushAsync(Cancel);
        }

        await Task.WhenAll(adding);
        await counts.FlushAsync(Cancel);
        Assert.Equal(
            "20000 20000",
            await Storage.AskAsync("SELECT concat_ws(' ', sum(received), sum(refused)) FROM hub.intake_counts WHERE source_id = $1", _source)
        );
        Assert.Equal(10000L, await Storage.AskAsync("SELECT sum(count)::bigint FROM hub.refusals WHERE source_id = $1 AND reason = 'rate_limited'", _source));
    }

    private QuarantineWriter Writer(QuarantineOptions options)
    {
        var node = new HubNode();
        return new(
            Storage.Database,
            node,
            Options.Create(options),
            new QuarantineBounds(Storage.Database, node, Options.Create(options)),
            TimeProvider.System,
            NullLogger<QuarantineWriter>.Instance
        );
    }

    private InboxEntry Released(Guid id, int partition = 0) =>
        new(
            new Delivery
            {
                Id = id,
                SourceId = _source,
                ReceivedAt = Now,
                Method = "POST",
                Query = "",
                Headers = "{}",
                Body = [],
                RetentionPartition = partition,
            },
            [new NewExecution(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, "webhook", id, null, null, Now, Leased: false)]
        )
        {
            IsFromQuarantine = true,
        };

    private async Task<Guid> KeepAsync(QuarantineWriter writer, byte[]? body = null, Guid? source = null, DateTimeOffset? at = null)
    {
        var request = new QuarantinedRequest
        {
            Id = Guid.CreateVersion7(at ?? Now),
            SourceId = source ?? _source,
            ReceivedAt = at ?? Now,
            Method = "POST",
            Url = "https://hub.example/webhooks/incoming/token",
            Query = "",
            Headers = "{}",
            Verdict = "bad_signature",
            Reason = "The signature is wrong.",
            Size = body?.Length ?? 2,
            Body = body ?? "{}"u8.ToArray(),
        };
        Assert.Equal(QuarantineVerdict.Kept, await writer.WriteAsync(request));
        return request.Id;
    }

    private async Task AssertBooksCloseAsync(long received, long quarantined)
    {
        Assert.Equal(
            $"{received} {quarantined} {received - quarantined}",
            await Storage.AskAsync("SELECT concat_ws(' ', sum(received), sum(quarantined), sum(refused)) FROM hub.intake_counts WHERE source_id = $1", _source)
        );
        Assert.Equal(
            received - quarantined,
            await Storage.AskAsync("SELECT sum(count)::bigint FROM hub.refusals WHERE source_id = $1 AND reason = 'left_quarantine'", _source)
        );
    }
}
