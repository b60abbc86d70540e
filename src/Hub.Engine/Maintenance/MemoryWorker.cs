using Hub.Storage.Rounds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Maintenance;

/// <summary>
/// Gives memory back to the machine once the hub has become quiet: what large executions left behind would lie there until others allocate as much. Several
/// times, as pools let go of their arrays only at a collection that comes a while after one that found them unused, and then of some of them.
/// </summary>
public sealed partial class MemoryWorker(TimeProvider time, ILogger<MemoryWorker> logger) : BackgroundService
{
    private const long Much = 64 << 20;
    private const long Little = 8 << 20;
    private const int Collections = 4;

    /// <summary>Looks from one collection to the next at least: longer than the half minute after which a pool lets go.</summary>
    private const int LooksBetween = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private long _seen;
    private long _collectedAt;
    private int _owed;
    private int _looksSince;

    /// <summary>Looks once; whether it is time to collect. A little work in between puts what is owed off, and never cancels it.</summary>
    internal bool Look(long allocated)
    {
        var isQuiet = allocated - _seen < Little;
        _seen = allocated;
        _looksSince++;
        if (allocated - _collectedAt >= Much)
        {
            (_owed, _looksSince) = (Collections, LooksBetween);
        }

        if (!isQuiet || _owed == 0 || _looksSince < LooksBetween)
        {
            return false;
        }

        (_owed, _looksSince, _collectedAt) = (_owed - 1, 0, allocated);
        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _seen = _collectedAt = GC.GetTotalAllocatedBytes();
        var rounds = new RoundRules { Interval = Pause, TellFailed = exception => Log.Failed(logger, exception) };
        return RoundLoop.RunAsync(rounds, RunOnceAsync, time, stoppingToken);
    }

    private Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (Look(GC.GetTotalAllocatedBytes()))
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Memory could not be given back; it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
