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
    StepRunner steps, JournalWriter journal, RunnerPlaces places, ResponseWaiters responses, TimeProvider time, ILogger<ExecutionWalker> logger)
{
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
                RunFlowSteps(execution, progress, ready);

                // What was called is recorded before anyone else is called, and while others are still being called.
                if (progress.MustRecord && (ready.Count > 0 || calls.Count > 0))
                {
                    if (!await lease.RecordAsync(() => journal.WriteAsync(progress.TakeEntry(), cancellationToken)))
                    {
                        return false;
                    }

                    TellResponse(execution, progress);
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (ready.Count > 0 && (lease.Holds || calls.Count == 0))
                {
                    // Without a lease nobody is called; what is under way comes to its end and is recorded, which may show that the lease is ours again.
                    lease.Demand();
                    calls.AddRange(ready.Select(step => CallAsync(leased, step, progress, lease, leaving.Token)));
                    ready.Clear();
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
    private void RunFlowSteps(ClaimedExecution execution, ExecutionProgress progress, List<PlannedStep> calls)
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
                progress.Apply(step, steps.RunFlowStep(step, new StepScope(execution.Id, progress.Context.Root)), startedAt, isCall: false);
            }
        }

        if (progress.IsEnding)
        {
            calls.Clear();
        }
    }

    private async Task<(PlannedStep, StepOutcome, DateTimeOffset)> CallAsync(
        LeasedExecution leased,
        PlannedStep step,
        ExecutionProgress progress,
        RunLease lease,
        CancellationToken cancellationToken)
    {
        var execution = leased.Execution;
        var startedAt = time.GetUtcNow();
        try
        {
            var order = new CallOrder(CallOrder.OnlyWorkspace, execution.WorkflowId, progress.IsNew(step), execution.ParkedOn, leased.Arrival);
            var outcome = await steps.CallAsync(step, new StepScope(execution.Id, progress.Context.Root), order, lease, cancellationToken);
            return (step, outcome, startedAt);
        }
#pragma warning disable CA1031 // A connector's bug fails its step, and leaves the other steps and their records alone.
        catch (Exception fault) when (fault is not OperationCanceledException && !DatabaseFaults.MaySucceedLater(fault))
#pragma warning restore CA1031
        {
            Log.CallBug(logger, fault, execution.Id, step.Definition.Id);
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
        [LoggerMessage(1, LogLevel.Error, "The call of step {StepId} in execution {ExecutionId} met a fault of the hub itself")]
        public static partial void CallBug(ILogger logger, Exception fault, Guid executionId, string stepId);
    }
}
