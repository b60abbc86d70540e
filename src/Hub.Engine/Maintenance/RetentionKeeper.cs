using Hub.Storage;
using Hub.Storage.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Engine.Maintenance;

/// <summary>Makes the slices of the days to come, and drops those that are too old or too many. Of several nodes one does it.</summary>
public sealed partial class RetentionKeeper(
    HubDatabase database,
    SliceStore slices,
    TimeProvider time,
    IOptions<RetentionOptions> options,
    ILogger<RetentionKeeper> logger) : BackgroundService
{
    private const long LockKey = 7021964002;

    /// <summary>There is a slice for what arrives, before anything can arrive.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RunOnceAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public async Task RunOnceAsync(CancellationToken cancellationToken)
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

        foreach (var shelf in await ShelvesAsync(cancellationToken))
        {
            try
            {
                await KeepAsync(shelf, cancellationToken);
            }
            catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                Log.Busy(logger, shelf.Parent);
            }
        }

        await slices.ForgetAsync(options.Value.CountsDays, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await RunOnceAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (DatabaseFaults.IsAway(fault))
            {
                Log.Away(logger, fault.Message);
            }
#pragma warning disable CA1031 // Whatever happened, the slices of tomorrow must still be made.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.Failed(logger, fault);
            }
        }
    }

    /// <summary>The common shelf, those of Sources with a retention of their own, and the duplicates, which follow the longest of them.</summary>
    private async Task<IReadOnlyList<ShelfPolicy>> ShelvesAsync(CancellationToken cancellationToken)
    {
        var limits = options.Value;
        var common = new ShelfPolicy(ShelfPolicy.ParentOf(0), TimeSpan.FromDays(limits.Days), limits.Megabytes == 0 ? null : limits.Megabytes << 20);
        await using var context = database.CreateContext();
        var own = await context.Sources.IgnoreQueryFilters()
            .Where(source => source.Shelf != 0)
            .Select(source => new { source.Shelf, source.RetentionDays, source.RetentionBytes })
            .ToListAsync(cancellationToken);
        var shelves = own.ConvertAll(source => common with
        {
            Parent = ShelfPolicy.ParentOf(source.Shelf),
            Age = source.RetentionDays is { } days ? TimeSpan.FromDays(days) : common.Age,
            Bytes = source.RetentionBytes ?? common.Bytes,
        });
        return [common, .. shelves, new ShelfPolicy(ShelfPolicy.Duplicates, shelves.Append(common).Max(shelf => shelf.Age), null)];
    }

    private async Task KeepAsync(ShelfPolicy shelf, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var present = await slices.ListAsync(shelf.Parent, cancellationToken);
        await AddAheadAsync(shelf, present, now, cancellationToken);
        var total = present.Sum(slice => slice.Bytes);
        foreach (var slice in present.Where(slice => slice.To <= now))
        {
            if (slice.To > now - shelf.Age && total <= (shelf.Bytes ?? long.MaxValue))
            {
                break;
            }

            var stay = await slices.DropAsync(shelf, slice, cancellationToken);
            total -= slice.Bytes;
            Log.Dropped(logger, slice.Name, slice.From, slice.To, slice.Bytes >> 10, stay);
        }

        await slices.ExpireRestAsync(shelf, now - shelf.Age, cancellationToken);
    }

    /// <summary>Slices follow each other without a gap, and reach at least a slice beyond the present one.</summary>
    private async Task AddAheadAsync(ShelfPolicy shelf, IReadOnlyList<Slice> present, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lived = present.LastOrDefault(slice => slice.To <= now) ?? present.FirstOrDefault(slice => slice.From <= now);
        var hours = lived is null ? 0 : ((lived.To < now ? lived.To : now) - lived.From).TotalHours;
        var length = shelf.SliceLength(hours > 0 ? lived!.Bytes / hours : 0);
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        var next = present.Count > 0 && present[^1].To > hour ? present[^1].To : hour;
        while (next < now + length + TimeSpan.FromHours(1))
        {
            await slices.AddAsync(shelf.Parent, next, next + length, cancellationToken);
            next += length;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Dropped {Slice}, from {From} to {To}, {Kilobytes} KiB; {Stay} deliveries stay, as unfinished executions or open dead letters need them")]
        public static partial void Dropped(ILogger logger, string slice, DateTimeOffset from, DateTimeOffset to, long kilobytes, int stay);

        [LoggerMessage(2, LogLevel.Information, "The slices of {Table} are in use; they are looked at again later")]
        public static partial void Busy(ILogger logger, string table);

        [LoggerMessage(3, LogLevel.Warning, "Retention waits for the database: {Reason}")]
        public static partial void Away(ILogger logger, string reason);

        [LoggerMessage(4, LogLevel.Error, "Retention failed; it is tried again")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}
