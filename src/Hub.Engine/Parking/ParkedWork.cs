using Hub.Engine.Executions;
using Hub.Engine.Resilience;
using Hub.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Parking;

/// <summary>
/// Executions that wait as rows for something that is full or failing: claims as many of them as there is room for, when there is room. Those of a node
/// that died, and all of them should nobody tell of room, go on when their wake time comes.
/// </summary>
public sealed partial class ParkedWork(ExecutionClaims claims, ScatteredWait waits, TimeProvider time, ILogger<ParkedWork> logger) : BackgroundService
{
    /// <summary>Between two looks: what becomes free meanwhile is claimed together.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ParkedLot> _lots = new(StringComparer.Ordinal);
    private readonly WakeSignal _signal = new(time);
    private readonly Outage _outage = new();

    /// <summary>
    /// The wake time of an execution that is about to be parked. The more there are the longer, so that those that wake in vain stay at a few a second.
    /// </summary>
    public TimeSpan RestFor(IParkingReason reason)
    {
        lock (_gate)
        {
            var many = TimeSpan.FromSeconds(_lots.TryGetValue(reason.Key, out var lot) ? lot.Count / 2.0 : 0);
            var rest =
                many < ShortestRest ? ShortestRest
                : many > LongestRest ? LongestRest
                : many;
            var next = reason.Room.NextIn;
            return waits.AtLeast(rest > next ? rest : next);
        }
    }

    /// <summary>An execution was parked on this; the row is committed.</summary>
    public void Add(IParkingReason reason)
    {
        lock (_gate)
        {
            var lot = LotOf(reason);
            lot.Version++;
            lot.Add(1);
        }

        _signal.Now();
    }

    /// <summary>An execution that had been parked on this came by itself: there may be more of them, of a node that is gone.</summary>
    public void Met(IParkingReason reason)
    {
        lock (_gate)
        {
            LotOf(reason).Add(-1);
        }

        _signal.Now();
    }

    /// <summary>There may be room now, or another time for it.</summary>
    public void Changed(IParkingReason reason)
    {
        if (reason.HasParked)
        {
            _signal.Now();
        }
    }

    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = LookAgain;
            try
            {
                next = await RunOnceAsync();
                _outage.Over(() => Log.Back(logger));
            }
            catch (Exception exception) when (DatabaseExceptions.IsAway(exception))
            {
                _outage.Seen(() => Log.Away(logger, exception.Message));
            }
#pragma warning disable CA1031 // Whatever happened, this loop is what brings parked work back early.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.NotClaimed(logger, exception);
            }

            await WaitAsync(next, stoppingToken);
        }
    }

    /// <summary>Claims what there is room for.</summary>
    /// <returns>When to look again.</returns>
    private async Task<TimeSpan> RunOnceAsync()
    {
        var next = Timeout.InfiniteTimeSpan;
        foreach (var lot in Lots())
        {
            var room = lot.Reason.Room;
            var free = room.Now - lot.Coming;
            var lookIn =
                free <= 0 ? room.NextIn
                : await ClaimAsync(lot, free) ? Pause
                : Timeout.InfiniteTimeSpan;
            next = lookIn >= TimeSpan.Zero && (next < TimeSpan.Zero || lookIn < next) ? lookIn : next;
        }

        return next;
    }

    /// <returns>Whether to look again without being told.</returns>
    private async Task<bool> ClaimAsync(ParkedLot lot, int free)
    {
        var version = lot.Version;
        var (asked, claimed) = await claims.ClaimParkedAsync(lot.Reason.Key, free, () => new Arrival(this, lot));
        lot.Add(-claimed);
        if (asked == 0)
        {
            return true;
        }

        lock (_gate)
        {
            if (claimed < asked && lot.Version == version)
            {
                _lots.Remove(lot.Reason.Key);
                lot.Reason.HasParked = false;
            }
        }

        return claimed == asked;
    }

    private ParkedLot[] Lots()
    {
        lock (_gate)
        {
            return [.. _lots.Values];
        }
    }

    private ParkedLot LotOf(IParkingReason reason)
    {
        if (!_lots.TryGetValue(reason.Key, out var lot) || !ReferenceEquals(lot.Reason, reason))
        {
            _lots[reason.Key] = lot = new ParkedLot(reason);
        }

        reason.HasParked = true;
        return lot;
    }

    private async Task WaitAsync(TimeSpan next, CancellationToken stopping)
    {
        try
        {
            await _signal.WaitAsync(next < TimeSpan.Zero ? LongestRest : next, stopping);
            await Task.Delay(Pause, time, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The loop ends.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Parked executions cannot be claimed for now, the database is away: {Reason}")]
        public static partial void Away(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Information, "Parked executions are claimed again")]
        public static partial void Back(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "Parked executions could not be claimed")]
        public static partial void NotClaimed(ILogger logger, Exception exception);
    }
}
