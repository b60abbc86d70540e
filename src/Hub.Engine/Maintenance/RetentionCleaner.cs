using Hub.Storage;
using Hub.Storage.Quarantine;
using Hub.Storage.Retention;
using Hub.Storage.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Engine.Maintenance;

/// <summary>
/// Makes the slices of the time to come, and drops those that are too old or too many. Of several nodes one does it, by the database's clock.
/// </summary>
public sealed partial class RetentionCleaner(
    HubDatabase database,
    SliceStore slices,
    TimeProvider time,
    IOptions<RetentionOptions> options,
    IOptions<QuarantineOptions> quarantine,
    ILogger<RetentionCleaner> logger
) : BackgroundService
{
    private const long LockKey = 7021964002;
    private const int RoundsToACleaning = 60;

    /// <summary>A delivery is committed a little after its receipt; a slice that has just ended may still get some.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(5);

    /// <summary>One round: what is to come, what goes, and now and then what is only counted.</summary>
    public async Task RunOnceAsync(bool cleans, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand($"SELECT pg_try_advisory_xact_lock({LockKey})", connection))
        {
            if (await take.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return;
            }
        }

        var now = await slices.NowAsync(cancellationToken);
        var partitions = await PartitionsAsync(cancellationToken);
        foreach (var (partition, number) in partitions)
        {
            try
            {
                await KeepAsync(partition, number, now, cancellationToken);
            }
            catch (PostgresException exception) when (!DatabaseExceptions.IsAway(exception) || IsOfOneTable(exception))
            {
                Log.Postponed(logger, partition.Parent, exception.MessageText);
            }
        }

        await slices.ForgetKeysAsync(cancellationToken);
        if (cleans)
        {
            // Counts are needed as long as there are rows to hold against them.
            var longest = (int)Math.Ceiling(partitions.Max(partition => partition.Policy.Age).TotalDays) + 1;
            await slices.ForgetCountsAsync(Math.Max(options.Value.CountsDays, longest), cancellationToken);
        }
    }

    /// <summary>A table that is in use, or damaged, must not keep the others from their turn.</summary>
    private static bool IsOfOneTable(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.LockNotAvailable || exception.SqlState.StartsWith("XX", StringComparison.Ordinal);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var round = 0;
        var rounds = new RoundRules
        {
            Interval = options.Value.Interval,
            BeginsAtOnce = true,
            TellAway = reason => Log.Away(logger, reason),
            TellFailed = exception => Log.Failed(logger, exception),
        };
        return RoundLoop.RunAsync(rounds, cancellation => RunOnceAsync(cleans: round++ % RoundsToACleaning == 1, cancellation), time, stoppingToken);
    }

    /// <summary>
    /// The common partition, those of Sources with a retention of their own, and the duplicates, which follow the longest of them. A number
    /// says that the partition's Source is gone.
    /// </summary>
    private async Task<IReadOnlyList<(PartitionPolicy Policy, int? Abandoned)>> PartitionsAsync(CancellationToken cancellationToken)
    {
        var limits = options.Value;
        var common = new PartitionPolicy(PartitionPolicy.ParentOf(0), TimeSpan.FromDays(limits.Days), limits.Megabytes == 0 ? null : limits.Megabytes << 20);
        await using var context = database.AcrossWorkspaces();
        var own = await context
            .Sources.IgnoreQueryFilters()
            .Where(source => source.RetentionPartition != 0)
            .Select(source => new
            {
                source.RetentionPartition,
                source.RetentionDays,
                source.RetentionBytes,
                IsGone = source.DeletedAt != null,
            })
            .ToListAsync(cancellationToken);
        var partitions = own.ConvertAll(source =>
            (
                Policy: common with
                {
                    Parent = PartitionPolicy.ParentOf(source.RetentionPartition),
                    Age = source.RetentionDays is { } days ? TimeSpan.FromDays(days) : common.Age,
                    Bytes = source.RetentionBytes ?? common.Bytes,
                },
                Abandoned: source.IsGone ? source.RetentionPartition : (int?)null
            )
        );
        var longest = partitions.Select(partition => partition.Policy.Age).Append(common.Age).Max();
        var aside = new PartitionPolicy(PartitionPolicy.Quarantine, TimeSpan.FromDays(quarantine.Value.Days), (long)quarantine.Value.TotalMegabytes << 20);
        return [(common, null), .. partitions, (new PartitionPolicy(PartitionPolicy.Duplicates, longest, null), null), (aside, null)];
    }

    private async Task KeepAsync(PartitionPolicy partition, int? abandoned, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var present = await slices.ListAsync(partition.Parent, cancellationToken);
        if (abandoned is null)
        {
            await AddAheadAsync(partition, present, now, cancellationToken);
        }

        await DropAsync(partition, present, now, cancellationToken);
        if (!partition.IsQuarantine && await slices.ExpireRestAsync(partition, now - partition.Age, cancellationToken) is > 0 and var expired)
        {
            Log.Expired(logger, expired, partition.Parent);
        }

        if (abandoned is { } number && await slices.RemovePartitionAsync(number, cancellationToken))
        {
            Log.Removed(logger, partition.Parent);
        }
    }

    private async Task DropAsync(PartitionPolicy partition, IReadOnlyList<Slice> present, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var total = present.Sum(slice => slice.Bytes);
        foreach (var slice in present.Where(slice => slice.To <= now - Settling))
        {
            var isTooMuch = slice.To <= now - partition.Age || total > (partition.Bytes ?? long.MaxValue);
            if (!isTooMuch && !(partition.IsQuarantine && await slices.IsEmptyAsync(slice, cancellationToken)))
            {
                continue;
            }

            var stay = await slices.DropAsync(partition, slice, cancellationToken);
            total -= slice.Bytes;
            Log.Dropped(logger, slice.Name, slice.From, slice.To, slice.Bytes >> 10, stay);
        }
    }

    /// <summary>Slices cover the time from the present hour to at least a slice ahead, without a gap.</summary>
    private async Task AddAheadAsync(PartitionPolicy partition, IReadOnlyList<Slice> present, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lived = present.LastOrDefault(slice => slice.To <= now) ?? present.FirstOrDefault(slice => slice.From <= now);
        var hours = lived is null ? 0 : ((lived.To < now ? lived.To : now) - lived.From).TotalHours;
        var length = partition.SliceLength(hours > 0 ? lived!.Bytes / hours : 0);
        var horizon = now + length + TimeSpan.FromHours(1);
        for (var next = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero); next < horizon; )
        {
            if (present.FirstOrDefault(slice => slice.From <= next && next < slice.To) is { } covering)
            {
                next = covering.To;
                continue;
            }

            var end = present.Where(slice => slice.From > next).Select(slice => slice.From).Append(next + length).Min();
            await slices.AddAsync(partition.Parent, next, end, cancellationToken);
            next = end;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Information,
            "Dropped {Slice}, from {From} to {To}, {Kilobytes} KiB; {Stay} deliveries stay, as unfinished executions or open dead letters need them"
        )]
        public static partial void Dropped(ILogger logger, string slice, DateTimeOffset from, DateTimeOffset to, long kilobytes, int stay);

        [LoggerMessage(2, LogLevel.Information, "Retention of {Table} is tried again later: {Reason}")]
        public static partial void Postponed(ILogger logger, string table, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Retention waits for the database: {Reason}")]
        public static partial void Away(ILogger logger, string reason);

        [LoggerMessage(4, LogLevel.Error, "Retention failed; it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(5, LogLevel.Information, "Deleted {Count} old rows of {Table} that were in no slice")]
        public static partial void Expired(ILogger logger, int count, string table);

        [LoggerMessage(6, LogLevel.Information, "Removed {Table}: its Source is gone, and its last delivery")]
        public static partial void Removed(ILogger logger, string table);
    }
}
