using System.Security.Cryptography;
using Hub.Storage.Inbox;
using Hub.Storage.Quarantine;
using Hub.Storage.Queue;
using Hub.Storage.Retention;
using Hub.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hub.Storage.Tests.Quarantine;

/// <summary>What the quarantine takes of the disk, not only of the books.</summary>
public sealed class QuarantineDiskTests(StorageFixture storage) : StorageTest(storage)
{
    private const long Plenty = 1L << 40;
    private const int Megabyte = 1 << 20;

    private readonly Guid _source = Guid.CreateVersion7();

    [Fact]
    public async Task Write_TenTimesTheBound_LeavesTheDiskNearIt()
    {
        var options = new QuarantineOptions
        {
            Megabytes = 4,
            BytesPerSecond = Plenty,
            TotalBytesPerSecond = Plenty,
            Pace = TimeSpan.Zero,
        };
        await using var writer = Writer(options);
        for (var i = 0; i < 160; i++)
        {
            Assert.Equal(
                QuarantineVerdict.Kept,
                await writer.WriteAsync(Request(DateTimeOffset.UnixEpoch.AddSeconds(i), RandomNumberGenerator.GetBytes(Megabyte / 4)))
            );
        }

        await writer.DrainAsync(TimeSpan.FromSeconds(10));
        Assert.InRange(await DiskAsync(), 3 * Megabyte, 8 * Megabyte);
        await AssertBooksCloseAsync(160);
    }

    [Fact]
    public async Task Drop_OneOfItsSlices_GivesItsDiskBackAndCountsWhatWasNotReleased()
    {
        var from = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
        var slices = new SliceStore(Storage.Database, new HubNode());
        for (var hour = 0; hour < 2; hour++)
        {
            await slices.AddAsync(PartitionPolicy.Quarantine, from.AddHours(hour), from.AddHours(hour + 1), Cancel);
        }

        await using var writer = Writer(new QuarantineOptions { Pace = TimeSpan.Zero });
        QuarantinedRequest[] requests =
        [
            .. new[] { 1, 2, 61, 62 }.Select(minute => Request(from.AddMinutes(minute), RandomNumberGenerator.GetBytes(Megabyte))),
        ];
        Assert.All(await Task.WhenAll(requests.Select(writer.WriteAsync)), verdict => Assert.Equal(QuarantineVerdict.Kept, verdict));
        Assert.Equal(InboxVerdict.Kept, (await Storage.AddNode().Inbox.WriteAsync(Released(requests[0]))).Verdict);
        Assert.Equal(InboxVerdict.Kept, (await Storage.AddNode().Inbox.WriteAsync(Released(requests[2]))).Verdict);
        var before = await DiskAsync();

        var all = await slices.ListAsync(PartitionPolicy.Quarantine, Cancel);
        Assert.False(await slices.IsEmptyAsync(all[0], Cancel));
        await slices.DropAsync(new PartitionPolicy(PartitionPolicy.Quarantine, TimeSpan.FromDays(14), null), all[0], Cancel);

        Assert.InRange(await DiskAsync(), 0, before - Megabyte);
        Assert.Equal(requests[3].Id, await Storage.AskAsync("SELECT id FROM hub.quarantine WHERE source_id = $1", _source));
        await AssertBooksCloseAsync(4, released: 2);
        Assert.Equal(1L, await Storage.AskAsync("SELECT sum(count)::bigint FROM hub.refusals WHERE source_id = $1 AND reason = 'left_quarantine'", _source));
    }

    [Fact]
    public void Budget_OfASourceThatFloods_IsUsedUpAndComesBackWithTimeWhileOthersHaveTheirs()
    {
        var time = new ManualTime();
        var budget = new QuarantineBudget(new QuarantineOptions { Megabytes = 4, BytesPerSecond = 1024 }, time);
        Assert.True(budget.TryTake(_source, Megabyte + 1024));
        Assert.False(budget.TryTake(_source, 1));
        Assert.True(budget.TryTake(Guid.CreateVersion7(), 1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(budget.TryTake(_source, 1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(budget.TryTake(_source, 1));
    }

    [Fact]
    public void Budget_OfAllTogether_IsUsedUpByManySources()
    {
        var budget = new QuarantineBudget(new QuarantineOptions { Megabytes = 4, TotalMegabytes = 4 }, new ManualTime());
        Assert.Equal(5, Enumerable.Range(0, 20).Count(_ => budget.TryTake(Guid.CreateVersion7(), Megabyte / 4 - 1)));
    }

    [Fact]
    public async Task Write_BeyondTheBudget_IsNotKept()
    {
        await using var writer = Writer(
            new QuarantineOptions
            {
                Megabytes = 1,
                BytesPerSecond = 1024,
                Pace = TimeSpan.Zero,
            }
        );
        Assert.Equal(QuarantineVerdict.Kept, await writer.WriteAsync(Request(DateTimeOffset.UnixEpoch, new byte[Megabyte / 2])));
        Assert.Equal(QuarantineVerdict.OverBudget, await writer.WriteAsync(Request(DateTimeOffset.UnixEpoch, [1])));
        Assert.Equal(1L, await Storage.AskAsync("SELECT count(*) FROM hub.quarantine WHERE source_id = $1", _source));
    }

    private async Task<long> DiskAsync() =>
        (long)(await Storage.AskAsync("SELECT sum(pg_total_relation_size(relid))::bigint FROM pg_partition_tree('hub.quarantine') WHERE isleaf"))!;

    private async Task AssertBooksCloseAsync(long received, long released = 0)
    {
        var there = (long)(await Storage.AskAsync("SELECT count(*) FROM hub.quarantine WHERE source_id = $1", _source))!;
        Assert.Equal(
            $"{received} {released} {there} {received - released - there}",
            await Storage.AskAsync(
                "SELECT concat_ws(' ', sum(received), sum(accepted), sum(quarantined), sum(refused)) FROM hub.intake_counts WHERE source_id = $1",
                _source
            )
        );
    }

    private QuarantineWriter Writer(QuarantineOptions options)
    {
        var node = new HubNode();
        var bounds = new QuarantineBounds(Storage.Database, node, Options.Create(options));
        return new(Storage.Database, node, Options.Create(options), bounds, TimeProvider.System, NullLogger<QuarantineWriter>.Instance);
    }

    private static InboxEntry Released(QuarantinedRequest request) =>
        new(
            new Delivery
            {
                Id = request.Id,
                SourceId = request.SourceId,
                ReceivedAt = request.ReceivedAt,
                Method = "POST",
                Query = "",
                Headers = "{}",
                Body = [],
            },
            []
        )
        {
            IsFromQuarantine = true,
        };

    private QuarantinedRequest Request(DateTimeOffset at, byte[] body) =>
        new()
        {
            Id = Guid.CreateVersion7(at),
            SourceId = _source,
            ReceivedAt = at,
            Method = "POST",
            Url = "https://hub.example/webhooks/incoming/token",
            Query = "",
            Headers = "{}",
            Verdict = "bad_signature",
            Reason = "The signature is wrong.",
            Size = body.Length,
            Body = body,
        };
}
