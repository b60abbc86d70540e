using Hub.Engine.Executions;
using Hub.Storage;
using Hub.Storage.Queue;
using Hub.Storage.Rounds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Maintenance;

/// <summary>Renews this node's lease, and has leases freed that nobody serves.</summary>
public sealed partial class LeaseWorker(
    HubDatabase database,
    ExecutionQueue queue,
    LeaseRescuer rescuer,
    NodeLease lease,
    WakeSignal wake,
    TimeProvider time,
    IOptions<EngineOptions> options,
    ILogger<LeaseWorker> logger
) : BackgroundService
{
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
        var rounds = new RoundRules
        {
            Interval = options.Value.Lease / 3,
            TellAway = reason => Log.NotRenewed(logger, reason),
            TellFailed = exception => Log.Bug(logger, exception),
        };
        return RoundLoop.RunAsync(rounds, RunSteadilyAsync, time, stoppingToken);
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
            // After an outage every node gets the chance to renew before anyone calls it dead.
            await rescuer.RunOnceAsync(time.GetElapsedTime(_steadySince) > options.Value.Lease, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotFreed(logger);
        }
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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The lease could not be renewed: {Reason}")]
        public static partial void NotRenewed(ILogger logger, string reason);

        [LoggerMessage(5, LogLevel.Error, "Renewing the lease or looking for executions to be freed met an error of the hub itself")]
        public static partial void Bug(ILogger logger, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "The look for executions to be freed took too long; it is repeated")]
        public static partial void NotFreed(ILogger logger);
    }
}
