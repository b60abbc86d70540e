using Microsoft.Extensions.Hosting;

namespace Hub.Engine.Maintenance;

/// <summary>
/// Gives memory back to the machine once the hub has become quiet: what large executions left behind would lie there until others allocate as much. Twice,
/// as pools let go of their arrays a while after they were used.
/// </summary>
public sealed class MemoryKeeper(TimeProvider time) : BackgroundService
{
    private const long Much = 64 << 20;
    private const long Little = 8 << 20;
    private const int SecondLook = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private long _seen;
    private long _collectedAt;
    private int _quietLooks;

    /// <summary>Looks once; whether it collected.</summary>
    internal bool Look(long allocated)
    {
        var isQuiet = allocated - _seen < Little;
        _seen = allocated;
        if (allocated - _collectedAt < Much && _quietLooks == 0)
        {
            return false;
        }

        _quietLooks = isQuiet ? _quietLooks + 1 : 0;
        if (_quietLooks is not (1 or SecondLook))
        {
            return false;
        }

        _quietLooks = _quietLooks == SecondLook ? 0 : _quietLooks;
        _collectedAt = allocated;
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
