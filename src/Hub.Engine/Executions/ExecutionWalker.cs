using Hub.Connectors.Contract;
using Hub.Engine.Resilience;
using Hub.Engine.Responses;
using Hub.Engine.Steps;
using Hub.Routing.Graph;
using Hub.Storage;
using Hub.Storage.Journal;
using Hub.Storage.Queue;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Executions;

/// <summary>
/// Walks an execution's graph until nothing more can be done now: runs its steps, calls, and records what was called before the next call begins.
/// </summary>
public sealed partial class ExecutionWalker(
    StepRunner steps,
    JournalWriter journal,
    RunnerPlaces places,
    ResponseWaiters responses,
    TimeProvider time,
    ILogger<ExecutionWalker> logger
)
{
    /// <summary>Bytes of inputs of calls under way beyond which no other call of the same execution begins.</summary>
    private const long MostInputs = 4 << 20;

    /// <summary>False when the execution is no longer ours. No call outlives this.</summary>
    internal async Task<bool> WalkAsync(LeasedExecution leased, ExecutionProgress progress, RunLease lease, CancellationToken cancellationToken)
    {
        var execution = leased.Execution;
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var calls = new List<Task<(PlannedStep Step, StepOutcome Outcome, DateTimeOffset StartedAt)>>();
        var ready = new List<PlannedStep>();
        try
        {
            while (true)
            {
                if (!await RunFlowStepsAsync(leased, progress, ready, lease, cancellationToken))
                {
                    return false;
                }

                // What was called is recorded before anyone else is called, and while others are still being called.
                if (progress.MustRecord && (ready.Count > 0 || calls.Count > 0) && !await RecordAsync(execution, progress, lease, cancellationToken))
                {
                    return false;
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (ready.Count > 0 && (lease.Holds || calls.Count == 0))
                {
                    // Without a lease nobody is called; what is under way comes to its end and is recorded, which may show that the lease is ours again.
                    lease.ThrowIfLost();
                    Call(leased, ready, calls, progress, lease, leaving.Token);
                }

                if (calls.Count == 0)
                {
                    return true;
                }

                await places.OutsideAsync(Task.WhenAny(calls));
                foreach (var done in calls.FindAll(call => call.IsCompleted))
                {
                    calls.Remove(done);
                    var (step, outcome, startedAt) = await done;
                    progress.Apply(step, outcome, startedAt, isCall: true);
                }
            }
        }
        finally
        {
            await leaving.CancelAsync();
            await places.OutsideAsync(Task.WhenAll(calls)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Runs every flow step that is ready, and those that become ready by it; adds the calls that are ready then, or takes them all back when it ends.
    /// </summary>
    /// <returns>False when the execution is no longer ours.</returns>
    private async ValueTask<bool> RunFlowStepsAsync(
        LeasedExecution leased,
        ExecutionProgress progress,
        List<PlannedStep> calls,
        RunLease lease,
        CancellationToken cancellationToken
    )
    {
        while (progress.TakeReady() is { Count: > 0 } ready)
        {
            foreach (var step in ready.TakeWhile(_ => !progress.IsEnding))
            {
                if (steps.IsCall(step))
                {
                    calls.Add(step);
                    continue;
                }

                var startedAt = time.GetUtcNow();
                var outcome = progress.TakeWaitEnd(step) is { } end
                    ? steps.GoOn(step, end)
                    : NoPlaceFor(leased, progress) ?? steps.RunFlowStep(step, ScopeOf(leased, progress));
                progress.Apply(step, outcome, startedAt, isCall: false);
                if (progress.HoldsMuch && !await RecordAsync(leased.Execution, progress, lease, cancellationToken))
                {
                    return false;
                }
            }
        }

        if (progress.IsEnding)
        {
            calls.Clear();
        }

        return true;
    }

    private async Task<bool> RecordAsync(ClaimedExecution execution, ExecutionProgress progress, RunLease lease, CancellationToken cancellationToken)
    {
        if (!await lease.RecordAsync(() => journal.WriteAsync(progress.TakeEntry(), cancellationToken)))
        {
            return false;
        }

        TellResponse(execution, progress);
        return true;
    }

    /// <summary>
    /// Begins the calls that are ready, as far as their inputs have room beside those under way; then the run context is not needed for a while.
    /// </summary>
    private void Call(
        LeasedExecution leased,
        List<PlannedStep> ready,
        List<Task<(PlannedStep, StepOutcome, DateTimeOffset)>> calls,
        ExecutionProgress progress,
        RunLease lease,
        CancellationToken cancellationToken
    )
    {
        var begun = 0;
        do
        {
            calls.Add(CallAsync(leased, ready[begun++], progress, lease, cancellationToken));
        } while (begun < ready.Count && (leased.Place?.Inputs ?? 0) < MostInputs);
        ready.RemoveRange(0, begun);
        progress.Context.Release();
    }

    /// <summary>A run whose context has grown large goes on when it has a place for that.</summary>
    private static Parked? NoPlaceFor(LeasedExecution leased, ExecutionProgress progress) =>
        leased.Place is { IsTaken: false } place && progress.Context.OutputBytes > RunPlace.Small ? place.TakeOrPark() : null;

    private static StepScope ScopeOf(LeasedExecution leased, ExecutionProgress progress) =>
        new(leased.Execution.Id, progress.Context.Root) { Place = leased.Place, Iteration = leased.Execution.Iteration };

    private async Task<(PlannedStep, StepOutcome, DateTimeOffset)> CallAsync(
        LeasedExecution leased,
        PlannedStep step,
        ExecutionProgress progress,
        RunLease lease,
        CancellationToken cancellationToken
    )
    {
        var execution = leased.Execution;
        var startedAt = time.GetUtcNow();
        try
        {
            var order = new CallOrder(WorkspaceScope.DefaultWorkspace, execution.WorkflowId, progress.IsNew(step), execution.ParkedOn, leased.Arrival);
            var outcome = NoPlaceFor(leased, progress) ?? await steps.CallAsync(step, ScopeOf(leased, progress), order, lease, cancellationToken);
            return (step, outcome, startedAt);
        }
#pragma warning disable CA1031 // A connector's bug fails its step, and leaves the other steps and their records alone.
        catch (Exception exception) when (exception is not OperationCanceledException && !DatabaseExceptions.MaySucceedLater(exception))
#pragma warning restore CA1031
        {
            Log.CallBug(logger, exception, execution.Id, step.Definition.Id);
            var error = new ConnectorError("internal_error", "The hub failed while making this call; its log says more.", Retryable: false);
            return (step, new Failed(error), startedAt);
        }
    }

    /// <summary>Called when all that has happened so far is recorded: a response that was given is never taken back by a crash.</summary>
    internal void TellResponse(ClaimedExecution execution, ExecutionProgress progress)
    {
        if (progress.TakeResponse() is { } output)
        {
            responses.Responded(execution.Id, output);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The call of step {StepId} in execution {ExecutionId} met an error of the hub itself")]
        public static partial void CallBug(ILogger logger, Exception exception, Guid executionId, string stepId);
    }
}
