using Hub.Connectors.Contract;
using Hub.Engine.Bodies;
using Hub.Engine.Catalog;
using Hub.Engine.Parking;
using Hub.Engine.Resilience;
using Hub.Engine.Responses;
using Hub.Engine.Steps;
using Hub.Routing.Graph;
using Hub.Storage;
using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;
using Hub.Storage.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Executions;

/// <summary>Brings one execution from where it stands to its next rest or its end.</summary>
public sealed partial class ExecutionRunner(
    WorkflowCatalog catalog,
    StepRunner steps,
    ExecutionQueue queue,
    JournalWriter journal,
    LargePlaces large,
    ParkedWork parked,
    RetryBackoff backoff,
    ResponseWaiters responses,
    TimeProvider time,
    IOptions<EngineOptions> options,
    ILogger<ExecutionRunner> logger)
{
    private static readonly ConnectorError Expired = new("delivery_expired", "The delivery that it starts from is no longer kept.", Retryable: false);

    /// <returns>How long it rests; null when it ended, or is no longer ours.</returns>
    public async Task<TimeSpan?> RunAsync(LeasedExecution leased, RunLease lease, CancellationToken cancellationToken)
    {
        lease.Demand();
        var execution = leased.Execution;
        if (!execution.IsLarge && execution.DeliveryId is not null && execution.Delivery is null)
        {
            await GiveUpAsync(execution, Expired, cancellationToken);
            return null;
        }

        if (!execution.IsLarge && (execution.Delivery is null || !BecomesLarge(execution.Delivery)))
        {
            return await RunLoadedAsync(execution, lease, cancellationToken);
        }

        if (large.TryTake(execution.WorkflowId) is { } full)
        {
            return await ParkAsync(execution, full, cancellationToken);
        }

        try
        {
            leased.Arrival?.Arrived();
            return await RunLargeAsync(execution, lease, cancellationToken);
        }
        finally
        {
            large.Release(execution.WorkflowId);
        }
    }

    /// <summary>Whether a body that was sent small unpacks to a large one.</summary>
    private static bool BecomesLarge(Delivery delivery) =>
        delivery.Body.Length > ExecutionQueue.LargeBody / BodyEncoding.MaxRatio && TriggerBody.SizeOf(delivery) > ExecutionQueue.LargeBody;

    private async Task<TimeSpan?> RunLargeAsync(ClaimedExecution execution, RunLease lease, CancellationToken cancellationToken)
    {
        if (execution.IsLarge)
        {
            var delivery = execution.DeliveryId is { } id ? await queue.LoadDeliveryAsync(id, cancellationToken) : null;
            if (delivery is null && execution.DeliveryId is not null)
            {
                await GiveUpAsync(execution, Expired, cancellationToken);
                return null;
            }

            execution = execution with { Delivery = delivery, Steps = await queue.LoadStepsAsync(execution.Id, cancellationToken) };
        }

        return await RunLoadedAsync(execution, lease, cancellationToken);
    }

    /// <summary>Gives the execution back as a row that waits for this. It costs no try.</summary>
    private async Task<TimeSpan?> ParkAsync(ClaimedExecution execution, IParkingReason full, CancellationToken cancellationToken)
    {
        var rest = parked.RestFor(full);
        var entry = new JournalEntry(execution.Id, execution.Claim, ExecutionStatus.Pending, rest, execution.FailedTries, null, []) { ParkedOn = full.Key };
        if (!await journal.WriteAsync(entry, cancellationToken))
        {
            return null;
        }

        parked.Add(full);
        return rest;
    }

    private async Task<TimeSpan?> RunLoadedAsync(ClaimedExecution execution, RunLease lease, CancellationToken cancellationToken)
    {
        try
        {
            var (plan, why) = await catalog.FindPlanAsync(execution.WorkflowId, execution.Version, cancellationToken);
            if (plan is null)
            {
                await GiveUpAsync(execution, new ConnectorError("workflow_invalid", why!, Retryable: false), cancellationToken);
                return null;
            }

            using var progress = new ExecutionProgress(execution, plan, backoff, options.Value.MaxDeadLetterContext, time);
            TellResponse(execution, progress);
            if (!await WalkAsync(execution, progress, lease, cancellationToken))
            {
                return null;
            }

            var last = progress.TakeFinalEntry();
            if (!await journal.WriteAsync(last, cancellationToken))
            {
                return null;
            }

            TellResponse(execution, progress);
            if (ExecutionStateMachine.IsFinal(last.Status))
            {
                responses.Ended(execution.Id, last.Status);
            }

            return last.WakeIn;
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !DatabaseFaults.MaySucceedLater(fault))
        {
            // Tried again it would only fail again, so it is given up as a whole, with an entry too plain to be refused.
            Log.Bug(logger, fault, execution.Id);
            await GiveUpAsync(execution, new ConnectorError("internal_error", "The hub failed while running this execution; its log says more.", Retryable: false), cancellationToken);
            return null;
        }
    }

    /// <summary>False when the execution is no longer ours. No call outlives this.</summary>
    private async Task<bool> WalkAsync(ClaimedExecution execution, ExecutionProgress progress, RunLease lease, CancellationToken cancellationToken)
    {
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
                    calls.AddRange(ready.Select(step => CallAsync(execution, step, progress, lease, leaving.Token)));
                    ready.Clear();
                }

                if (calls.Count == 0)
                {
                    return true;
                }

                await Task.WhenAny(calls);
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
            await ((Task)Task.WhenAll(calls)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs every flow step that is ready, and those that become ready by it; adds the calls that are ready then, or takes them all back when it ends.</summary>
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
        ClaimedExecution execution,
        PlannedStep step,
        ExecutionProgress progress,
        RunLease lease,
        CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        try
        {
            var outcome = await steps.CallAsync(step, new StepScope(execution.Id, progress.Context.Root), lease, cancellationToken);
            return (step, outcome, startedAt);
        }
#pragma warning disable CA1031 // A connector's bug fails its step, and leaves the other steps and their records alone.
        catch (Exception fault) when (fault is not OperationCanceledException && !DatabaseFaults.MaySucceedLater(fault))
#pragma warning restore CA1031
        {
            Log.CallBug(logger, fault, execution.Id, step.Definition.Id);
            return (step, new Failed(new ConnectorError("internal_error", "The hub failed while making this call; its log says more.", Retryable: false)), startedAt);
        }
    }

    /// <summary>Called when all that has happened so far is recorded: a response that was given is never taken back by a crash.</summary>
    private void TellResponse(ClaimedExecution execution, ExecutionProgress progress)
    {
        if (progress.TakeResponse() is { } output)
        {
            responses.Responded(execution.Id, output);
        }
    }

    private async Task GiveUpAsync(ClaimedExecution execution, ConnectorError error, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var context = RunContext.WriteText(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("note", "The run context could not be recorded. The delivery is kept.");
            writer.WriteEndObject();
        });
        var letter = new NewDeadLetter(Guid.CreateVersion7(now), null, "[]", context, now);
        var entry = new JournalEntry(execution.Id, execution.Claim, ExecutionStatus.Failed, null, execution.FailedTries, ErrorJson.Of(error), [], letter);
        if (await journal.WriteAsync(entry, cancellationToken))
        {
            responses.Ended(execution.Id, ExecutionStatus.Failed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Execution {ExecutionId} met a fault of the hub itself")]
        public static partial void Bug(ILogger logger, Exception fault, Guid executionId);

        [LoggerMessage(2, LogLevel.Error, "The call of step {StepId} in execution {ExecutionId} met a fault of the hub itself")]
        public static partial void CallBug(ILogger logger, Exception fault, Guid executionId, string stepId);
    }
}
