using Hub.Storage;
using Hub.Storage.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Executions;

/// <summary>Runs leased executions, many at once, and claims due ones while there is room. On a stop it finishes what it can and gives back the rest.</summary>
public sealed partial class ExecutionWorker(
    LocalQueue local,
    RunningExecutions running,
    NodeLease lease,
    ExecutionRunner runner,
    RunnerPlaces places,
    ExecutionClaims claims,
    ExecutionQueue queue,
    WakeSignal wake,
    IOptions<EngineOptions> options,
    ILogger<ExecutionWorker> logger
) : BackgroundService
{
    private static readonly TimeSpan GiveBackLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    private readonly Outage _outage = new();
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _stopped;

    /// <summary>Executions that have begun and not ended.</summary>
    private int _executions;

    /// <summary>The same, and the loop that begins them.</summary>
    private int _underWay = 1;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
        {
            return;
        }

        local.Close();
        running.AbandonAllAfter(options.Value.DrainTimeout);
        if (Volatile.Read(ref _executions) is var count and > 0)
        {
            Log.Draining(logger, count, options.Value.DrainTimeout.TotalSeconds);
        }

        await base.StopAsync(cancellationToken);
        try
        {
            // Not the host's token: it may have run out, and a lease given back now is work resumed now.
            using var limit = new CancellationTokenSource(GiveBackLimit);
            var returned = await queue.ReleaseAsync(null, limit.Token);
            await queue.LeaveAsync(limit.Token);
            Log.Stopped(logger, returned);
        }
        catch (Exception exception) when (exception is OperationCanceledException || DatabaseExceptions.IsAway(exception))
        {
            Log.NotReleased(logger, exception.Message);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ClaimAsync(stoppingToken), RunLeasedAsync(stoppingToken));

    /// <summary>Begins each leased execution when a runner is free. Returns after the last one has come to its end.</summary>
    private async Task RunLeasedAsync(CancellationToken stopping)
    {
        // After closing the queue what is still in it is handed back by the release, not run.
        await foreach (var execution in local.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (stopping.IsCancellationRequested)
            {
                continue;
            }

            await places.EnterAsync();
            Interlocked.Increment(ref _underWay);
            Interlocked.Increment(ref _executions);
            _ = Task.Run(() => RunOneAsync(execution), CancellationToken.None);
        }

        EndOne();
        await _allEnded.Task;
    }

    private async Task RunOneAsync(LeasedExecution leased)
    {
        var execution = leased.Execution;
        try
        {
            if (await runner.RunAsync(leased, new RunLease(lease, leased.LeasePeriod), running.Hold(execution.Id, execution.Claim)) is { } rest)
            {
                wake.NotLaterThan(rest);
            }
        }
        catch (OperationCanceledException)
        {
            Log.Abandoned(logger, execution.Id);
        }
#pragma warning disable CA1031 // One execution's exception must not end the runner; its lease is given back by the lease worker.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotRun(logger, exception, execution.Id);
        }
        finally
        {
            running.Drop(execution.Id, execution.Claim);
            local.Release(execution.WorkflowId, leased.Bytes);
            leased.Arrival?.Arrived();
            places.Leave();
            Interlocked.Decrement(ref _executions);
            EndOne();
        }
    }

    private void EndOne()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            _allEnded.SetResult();
        }
    }

    private async Task ClaimAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var (asked, claimed) = await claims.ClaimAsync();
                if (claimed > 0 && claimed == asked)
                {
                    continue;
                }

                var pause = asked == 0 ? ShortestPause : PauseAfter(claimed, await queue.NextWakeAsync(stopping), options.Value.PollInterval);
                _outage.Over(() => Log.DatabaseBack(logger));
                await wake.WaitAsync(pause, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (DatabaseExceptions.IsAway(exception))
            {
                _outage.Seen(() => Log.DatabaseAway(logger, exception.Message));
                await wake.WaitAsync(TimeSpan.FromMilliseconds(250), CancellationToken.None);
            }
#pragma warning disable CA1031 // Whatever happened, this loop is what brings resting work back.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.NotClaimed(logger, exception);
                await wake.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }

    /// <summary>How long to sleep before the next look. What is due and could not be had is in a rival's hands at this moment.</summary>
    internal static TimeSpan PauseAfter(int claimed, TimeSpan? nextDue, TimeSpan pollInterval)
    {
        var pause = nextDue < pollInterval ? nextDue.Value : pollInterval;
        return claimed == 0 && pause < ShortestPause ? ShortestPause : pause;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Execution {ExecutionId} could not be run; it will be given back")]
        public static partial void NotRun(ILogger logger, Exception exception, Guid executionId);

        [LoggerMessage(8, LogLevel.Warning, "Waiting up to {Seconds:0.#} s for {Count} executions; Ctrl-C again to hand them over now")]
        public static partial void Draining(ILogger logger, int count, double seconds);

        [LoggerMessage(2, LogLevel.Information, "Execution {ExecutionId} was abandoned: cancelled, its lease ran out, or the hub is stopping")]
        public static partial void Abandoned(ILogger logger, Guid executionId);

        [LoggerMessage(3, LogLevel.Warning, "Due executions cannot be claimed for now, the database is away: {Reason}")]
        public static partial void DatabaseAway(ILogger logger, string reason);

        [LoggerMessage(7, LogLevel.Information, "Due executions are claimed again")]
        public static partial void DatabaseBack(ILogger logger);

        [LoggerMessage(4, LogLevel.Warning, "Leases could not be given back; they will expire: {Reason}")]
        public static partial void NotReleased(ILogger logger, string reason);

        [LoggerMessage(6, LogLevel.Error, "Due executions could not be claimed")]
        public static partial void NotClaimed(ILogger logger, Exception exception);

        [LoggerMessage(5, LogLevel.Information, "Worker stopped; {Count} executions were given back")]
        public static partial void Stopped(ILogger logger, int count);
    }
}
