using System.Security.Cryptography;
using System.Text;
using Hub.Engine.Catalog;
using Hub.Engine.Executions;
using Hub.Engine.Responses;
using Hub.Storage;
using Hub.Storage.Inbox;
using Hub.Storage.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Intake;

/// <summary>From a verified delivery, or a person's request, to executions that are committed and on their way.</summary>
public sealed partial class ExecutionIntake(
    WorkflowCatalog catalog,
    TriggerGate gate,
    InboxWriter inbox,
    CommitWaits waits,
    LocalQueue local,
    RunningExecutions running,
    NodeLease lease,
    WakeSignal wake,
    TimeProvider time,
    IOptions<IntakeOptions> options,
    ILogger<ExecutionIntake> logger
)
{
    /// <summary>
    /// Keeps a delivery together with one execution for each active workflow of its Source that wants it. Returns after the commit, or when the deadline is
    /// over: a commit that has begun then may still keep the delivery, which then runs like any other.
    /// </summary>
    /// <param name="body">Its body as triggers read it.</param>
    /// <param name="deadline">Until when there must be a receipt.</param>
    /// <param name="wait">Whoever waits for these executions; null when nobody does.</param>
    /// <param name="isFromQuarantine">Whether it lay in quarantine under its id, and leaves it in the same commit.</param>
    /// <returns>Null when there is no room to ask the triggers now; nothing was kept then.</returns>
    public async ValueTask<InboxReceipt?> KeepAsync(
        Delivery delivery,
        ReceivingSource source,
        IncomingBody body,
        AnswerDeadline deadline,
        DeliveryWait? wait = null,
        bool isFromQuarantine = false
    )
    {
        TriggerVerdicts? verdicts;
        try
        {
            var workflows = await deadline.WaitAsync(catalog.ActiveForAsync(source.Name, CancellationToken.None));
            verdicts = workflows.Count == 0 ? new(workflows, null) : await gate.DecideAsync(workflows, delivery, body, deadline, CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseExceptions.MaySucceedLater(exception))
        {
            if (!DatabaseExceptions.IsAway(exception))
            {
                Log.NotAsked(logger, exception);
            }

            return new InboxReceipt(InboxVerdict.Unavailable);
        }

        if (verdicts is null)
        {
            return null;
        }

        var period = lease.Period;
        var newExecutions = new NewExecution[verdicts.Wanting.Count];
        for (var i = 0; i < newExecutions.Length; i++)
        {
            newExecutions[i] = Create(verdicts.Wanting[i], "webhook", delivery, null, null, delivery.ReceivedAt, period);
        }

        wait?.Expect(newExecutions, verdicts.Decisions is not null);
        var entry = new InboxEntry(delivery, newExecutions)
        {
            Decisions = verdicts.Decisions,
            DedupeWindow = source.DedupeWindow,
            IsFromQuarantine = isFromQuarantine,
        };
        return await WriteAsync(entry, delivery, period, deadline);
    }

    /// <summary>Starts one execution by hand, or again from an old delivery. Null when it cannot be kept now.</summary>
    /// <param name="trigger">manual or replay.</param>
    /// <param name="delivery">The delivery it starts from, already kept; null when <paramref name="input"/> is given.</param>
    /// <param name="input">JSON text.</param>
    public async Task<Guid?> StartAsync(ActiveWorkflow workflow, string trigger, Delivery? delivery, string? input, Guid? replayOf)
    {
        var period = lease.Period;
        var newExecution = Create(workflow, trigger, delivery, input, replayOf, time.GetUtcNow(), period);
        var receipt = await WriteAsync(new InboxEntry(null, [newExecution]), delivery, period, BeginDeadline());
        return receipt.Verdict == InboxVerdict.Kept ? newExecution.Id : null;
    }

    /// <summary>Starts one execution by hand unless the same was asked for before under this key.</summary>
    /// <param name="key">Of 1 to 255 characters.</param>
    public async Task<(Guid Execution, InboxReceipt Receipt)> StartOnceAsync(ActiveWorkflow workflow, string input, string key)
    {
        var period = lease.Period;
        var newExecution = Create(workflow, "manual", null, input, null, time.GetUtcNow(), period) with
        {
            IdempotencyKey = key,
            InputHash = SHA256.HashData(Encoding.UTF8.GetBytes(input)),
        };
        var receipt = await WriteAsync(new InboxEntry(null, [newExecution]), null, period, BeginDeadline());
        return (receipt.Verdict == InboxVerdict.Duplicate ? receipt.FirstExecution : newExecution.Id, receipt);
    }

    /// <summary>For a request whose answer is asked for from now on.</summary>
    public AnswerDeadline BeginDeadline() => AnswerDeadline.Begin(time, options.Value.AnswerWithin);

    private NewExecution Create(ActiveWorkflow workflow, string trigger, Delivery? delivery, string? input, Guid? replayOf, DateTimeOffset at, int period) =>
        new(Guid.CreateVersion7(at), workflow.Id, workflow.Version, trigger, delivery?.Id, input, replayOf, at, Reserve(workflow.Id, delivery, input, period));

    /// <summary>
    /// Whether the execution is created leased to this node. Large bodies are not kept in memory until a runner is free: their executions are claimed from
    /// the table.
    /// </summary>
    private bool Reserve(Guid workflow, Delivery? delivery, string? input, int period) =>
        period != 0
        && (delivery is null || delivery.Body.Length <= ExecutionQueue.LargeBody)
        && local.TryReserve(workflow, LeasedExecution.SizeOf(delivery, input));

    private async ValueTask<InboxReceipt> WriteAsync(InboxEntry entry, Delivery? delivery, int period, AnswerDeadline deadline)
    {
        var commit = inbox.Submit(entry);
        using var wait = waits.Begin(commit, deadline, late => Settle(late, entry.Executions, delivery, period));
        var receipt = await commit.Receipt;
        if (!receipt.IsOpen)
        {
            Settle(receipt, entry.Executions, delivery, period);
        }

        return receipt;
    }

    /// <summary>
    /// Now that it is known what became of the entry, its executions run here or give their places back, also when nobody waits for it any longer.
    /// </summary>
    private void Settle(InboxReceipt receipt, IReadOnlyList<NewExecution> executions, Delivery? delivery, int period)
    {
        foreach (var execution in executions)
        {
            if (execution.Leased && !(receipt.Verdict == InboxVerdict.Kept && Enqueue(execution, delivery, period)))
            {
                local.Release(execution.WorkflowId, LeasedExecution.SizeOf(delivery, execution.Input));
            }
            else if (!execution.Leased && receipt.Verdict == InboxVerdict.Kept)
            {
                wake.Now();
            }
        }
    }

    private bool Enqueue(NewExecution newExecution, Delivery? delivery, int period)
    {
        var execution = new ClaimedExecution(
            newExecution.Id,
            newExecution.WorkflowId,
            newExecution.Version,
            newExecution.Trigger,
            newExecution.DeliveryId,
            delivery,
            newExecution.Input,
            Claim: 1,
            FailedTries: 0,
            newExecution.CreatedAt,
            []
        );
        running.Hold(execution.Id, execution.Claim);
        if (local.Enqueue(new LeasedExecution(execution, period, LeasedExecution.SizeOf(delivery, newExecution.Input))))
        {
            return true;
        }

        running.Drop(execution.Id, execution.Claim);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A delivery was not accepted, because the database does not take the statement that reads workflows")]
        public static partial void NotAsked(ILogger logger, Exception exception);
    }
}
