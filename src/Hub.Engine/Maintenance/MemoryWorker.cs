using Microsoft.Extensions.Hosting;

namespace Hub.Engine.Maintenance;

/// <summary>
/// Gives memory back to the machine once the hub has become quiet: what large executions left behind would lie there until others allocate as much. Several
/// times, as pools let go of their arrays only at a collection that comes a while after one that found them unused, and then of some of them.
/// </summary>
public sealed class MemoryWorker(TimeProvider time) : BackgroundService
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        _seen = _collectedAt = GC.GetTotalAllocatedBytes();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (Look(GC.GetTotalAllocatedBytes()))
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The hub stops.
        }
    }
}
