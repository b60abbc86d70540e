using Hub.Connectors.Contract;
using Hub.Engine.Bodies;
using Hub.Engine.Catalog;
using Hub.Engine.Parking;
using Hub.Engine.Resilience;
using Hub.Engine.Responses;
using Hub.Engine.Writing;
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
    ExecutionWalker walker,
    ExecutionQueue queue,
    JournalWriter journal,
    ExecutionWaits waits,
    LargePlaces large,
    ParkedWork parked,
    RetryBackoff backoff,
    ResponseWaiters responses,
    FailureLog failures,
    TimeProvider time,
    IOptions<EngineOptions> options,
    ILogger<ExecutionRunner> logger
)
{
    private static readonly ConnectorError Expired = new("delivery_expired", "The delivery that it starts from is no longer kept.", Retryable: false);

    /// <returns>How long it rests; null when it ended, or is no longer ours.</returns>
    public async Task<TimeSpan?> RunAsync(LeasedExecution leased, RunLease lease, CancellationToken cancellationToken)
    {
        lease.ThrowIfLost();
        var execution = leased.Execution;
        if (!execution.IsLarge && execution.DeliveryId is not null && execution.Delivery is null)
        {
            await GiveUpAsync(execution, Expired, cancellationToken);
            return null;
        }

        using var place = new RunPlace(large, parked, execution.WorkflowId);
        UnpackedBody? body = null;
        var isSmall = !execution.IsLarge && TryOpen(execution.Delivery, out body);
        leased = leased with { Place = place, Body = body };
        if (isSmall)
        {
            return await RunLoadedAsync(leased, lease, cancellationToken);
        }

        if (place.TryTake() is { } full)
        {
            return await ParkAsync(execution, full, cancellationToken);
        }

        leased.Arrival?.Arrived();
        return await RunLargeAsync(leased, lease, cancellationToken);
    }

    /// <summary>False when a body that was sent small unpacks to a large one.</summary>
    /// <param name="body">What a compressed one unpacks to; null when it was not.</param>
    private static bool TryOpen(Delivery? delivery, out UnpackedBody? body)
    {
        body = null;
        if (delivery is null)
        {
            return true;
        }

        var isSmall = TriggerBody.TryUnpack(delivery, ExecutionQueue.LargeBody, out var bytes);
        body = isSmall && !bytes.Equals((ReadOnlyMemory<byte>)delivery.Body) ? new UnpackedBody(bytes) : null;
        return isSmall;
    }

    private async Task<TimeSpan?> RunLargeAsync(LeasedExecution leased, RunLease lease, CancellationToken cancellationToken)
    {
        var execution = leased.Execution;
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

        return await RunLoadedAsync(leased with { Execution = execution }, lease, cancellationToken);
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

    private async Task<TimeSpan?> RunLoadedAsync(LeasedExecution leased, RunLease lease, CancellationToken cancellationToken)
    {
        var execution = leased.Execution;
        try
        {
            var (plan, why) = await catalog.FindPlanAsync(execution.WorkflowId, execution.Version, cancellationToken);
            if (plan is null)
            {
                await GiveUpAsync(execution, new ConnectorError("workflow_invalid", why!, Retryable: false), cancellationToken);
                return null;
            }

            using var progress = new ExecutionProgress(leased, plan, backoff, options.Value, time);
            walker.TellResponse(execution, progress);
            if (!await walker.WalkAsync(leased, progress, lease, cancellationToken))
            {
                return null;
            }

            var last = progress.TakeFinalEntry();
            if (!await journal.WriteAsync(last, cancellationToken))
            {
                return null;
            }

            foreach (var reason in progress.ParkedOn)
            {
                parked.Add(reason);
            }

            await WakeAsync(execution, last.Status, progress.Awaited, cancellationToken);
            walker.TellResponse(execution, progress);
            if (ExecutionStateMachine.IsFinal(last.Status))
            {
                responses.Ended(execution.Id, last.Status);
            }

            if (last.Status == ExecutionStatus.Failed)
            {
                failures.Tell(execution.WorkflowId, plan.Definition.Name, last);
            }

            return last.WakeIn;
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !DatabaseExceptions.MaySucceedLater(exception))
        {
            // Tried again it would only fail again, so it is given up as a whole, with an entry too plain to be refused.
            Log.Bug(logger, exception, execution.Id);
            await GiveUpAsync(
                execution,
                new ConnectorError("internal_error", "The hub failed while running this execution; its log says more.", Retryable: false),
                cancellationToken
            );
            return null;
        }
    }

    private async Task GiveUpAsync(ClaimedExecution execution, ConnectorError error, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var context = ThreadWriter.WriteText(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("note", "The run context could not be recorded. The delivery is kept.");
            writer.WriteEndObject();
        });
        var letter = new NewDeadLetter(Guid.CreateVersion7(now), null, "[]", context, now);
        var entry = new JournalEntry(execution.Id, execution.Claim, ExecutionStatus.Failed, null, execution.FailedTries, ErrorJson.Of(error), [], letter);
        if (await journal.WriteAsync(entry, cancellationToken))
        {
            await WakeAsync(execution, ExecutionStatus.Failed, [], cancellationToken);
            responses.Ended(execution.Id, ExecutionStatus.Failed);
            failures.Tell(execution.WorkflowId, execution.WorkflowId.ToString(), entry);
        }
    }

    /// <summary>What came while the execution ran is seen now that it rests, and who waits for its end goes on.</summary>
    private async ValueTask WakeAsync(ClaimedExecution execution, ExecutionStatus status, IReadOnlyList<Guid> awaited, CancellationToken cancellationToken)
    {
        Guid[] come = execution.Parent is not null && ExecutionStateMachine.IsFinal(status) ? [.. awaited, execution.Id] : [.. awaited];
        if (come.Length == 0)
        {
            return;
        }

        try
        {
            await waits.WakeAsync(come, cancellationToken);
        }
        catch (Exception exception) when (DatabaseExceptions.MaySucceedLater(exception))
        {
            // What is recorded stays so. Who waits looks again when its time is over.
            Log.NotWoken(logger, execution.Id, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Execution {ExecutionId} met an error of the hub itself")]
        public static partial void Bug(ILogger logger, Exception exception, Guid executionId);

        [LoggerMessage(2, LogLevel.Warning, "What waits for execution {ExecutionId} was not woken, and looks again later: {Reason}")]
        public static partial void NotWoken(ILogger logger, Guid executionId, string reason);
    }
}
