using Hub.Engine.Executions;
using Hub.Storage;
using Hub.Storage.Queue;
using Hub.Storage.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Maintenance;

/// <summary>Renews this node's lease, rescues executions of nodes that stopped renewing, and frees leases of its own that nobody here works on.</summary>
public sealed partial class LeaseWorker(
    HubDatabase database,
    ExecutionQueue queue,
    RunningExecutions running,
    NodeLease lease,
    WakeSignal wake,
    TimeProvider time,
    IOptions<EngineOptions> options,
    ILogger<LeaseWorker> logger
) : BackgroundService
{
    private readonly HashSet<Guid> _suspects = [];
    private long _steadySince;

    /// <summary>The lease is there before anything can be created under it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.IsEmbedded)
        {
            // Only one hub may hold this server's data directory, so every other node is gone.
            await queue.ForgetOthersAsync(cancellationToken);
        }

        await RenewAsync(cancellationToken);
        if (database.IsEmbedded)
        {
            await queue.RescueAsync(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _steadySince = time.GetTimestamp();
        var rounds = new WorkerOptions
        {
            Interval = options.Value.Lease / 3,
            TellAway = reason => Log.NotRenewed(logger, reason),
            TellFailed = exception => Log.Bug(logger, exception),
        };
        return Worker.RunAsync(rounds, RunSteadilyAsync, time, stoppingToken);
    }

    private async Task RunSteadilyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cancellationToken);
        }
        catch
        {
            _steadySince = time.GetTimestamp();
            throw;
        }
    }

    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await RenewAsync(cancellationToken);

        // Nothing of what follows may keep the next renewal waiting.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.Lease / 3);
        try
        {
            await FreeAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotFreed(logger);
        }
    }

    private async Task FreeAsync(CancellationToken cancellationToken)
    {
        // After an outage every node gets the chance to renew before anyone calls it dead.
        if (time.GetElapsedTime(_steadySince) > options.Value.Lease && await queue.RescueAsync(cancellationToken) is > 0 and var rescued)
        {
            Log.Rescued(logger, rescued);
            wake.Now();
        }

        await FreeLostLeasesAsync(cancellationToken);
    }

    /// <summary>Counted from before the statement was sent, this node's own lease ends no later than the one in the table.</summary>
    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var (sentAt, lapsed) = (time.GetTimestamp(), lease.Period == 0);
        await queue.RenewAsync(options.Value.Lease, cancellationToken);
        lease.Renewed(sentAt);
        if (lapsed)
        {
            wake.Now();
        }
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
        [LoggerMessage(1, LogLevel.Warning, "The lease could not be renewed: {Reason}")]
        public static partial void NotRenewed(ILogger logger, string reason);

        [LoggerMessage(5, LogLevel.Error, "Renewing the lease or looking for executions to be freed met an error of the hub itself")]
        public static partial void Bug(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "Rescued {Count} executions whose node is gone")]
        public static partial void Rescued(ILogger logger, int count);

        [LoggerMessage(4, LogLevel.Warning, "The look for executions to be freed took too long; it is repeated")]
        public static partial void NotFreed(ILogger logger);

        [LoggerMessage(3, LogLevel.Information, "Freed {Count} executions that were leased to this node but not known to it")]
        public static partial void Freed(ILogger logger, int count);
    }
}
