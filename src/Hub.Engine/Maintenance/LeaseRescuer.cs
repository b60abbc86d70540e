using Hub.Engine.Executions;
using Hub.Storage.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Maintenance;

/// <summary>Frees executions that nobody works on: those of nodes that stopped renewing, and those leased to this node that it does not know of.</summary>
public sealed partial class LeaseRescuer(
    ExecutionQueue queue,
    RunningExecutions running,
    WakeSignal wake,
    IOptions<EngineOptions> options,
    ILogger<LeaseRescuer> logger
)
{
    private readonly HashSet<Guid> _suspects = [];

    /// <param name="othersCouldRenew">Whether other nodes had the time to renew since the database was last away; before that nobody calls them dead.</param>
    public async Task RunOnceAsync(bool othersCouldRenew, CancellationToken cancellationToken)
    {
        if (othersCouldRenew && await queue.RescueAsync(cancellationToken) is > 0 and var rescued)
        {
            Log.Rescued(logger, rescued);
            wake.Now();
        }

        await FreeLostLeasesAsync(cancellationToken);
    }

    /// <summary>A claim or a new execution whose answer was lost leaves a lease that nobody knows of. Twice unknown means lost.</summary>
    private async Task FreeLostLeasesAsync(CancellationToken cancellationToken)
    {
        var unknown = (await queue.HeldAsync(options.Value.Lease / 2, cancellationToken)).Where(id => !running.Contains(id)).ToHashSet();
        var lost = unknown.Where(_suspects.Contains).ToArray();
        _suspects.Clear();
        _suspects.UnionWith(unknown.Except(lost));
        if (lost.Length > 0)
        {
            Log.Freed(logger, await queue.ReleaseAsync(lost, cancellationToken));
            wake.Now();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Rescued {Count} executions whose node is gone")]
        public static partial void Rescued(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Information, "Freed {Count} executions that were leased to this node but not known to it")]
        public static partial void Freed(ILogger logger, int count);
    }
}
