using Hub.Engine.Executions;
using Hub.Engine.Replays;
using Hub.Operations.DeadLetters;
using Hub.Operations.Sources;
using Hub.Operations.Workflows;
using Hub.Storage;
using Hub.Storage.DeadLetters;
using Hub.Storage.Executions;
using Hub.Storage.Notifications;
using Hub.Storage.Queue;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Executions;

/// <summary>Looks at executions, cancels them, and runs those on that have ended.</summary>
public sealed class ExecutionOperations(
    HubDatabase database,
    ExecutionViews views,
    ExecutionQueue queue,
    EndedExecutions ended,
    ReplayVersions versions,
    RunningExecutions running,
    WakeSignal wake,
    HubChannel channel,
    TimeProvider time
)
{
    private const string OnlyOpen = "Only what is pending, running, waiting or retrying can be; what has ended stays as it ended.";

    private const string OnlyEnded =
        "Only what failed or was cancelled goes on: cancel it first if it has not ended; to run it again from the beginning, replay its delivery "
        + "or execute its workflow.";

    /// <summary>The newest first.</summary>
    public async Task<OperationResult<KeysetPage<ExecutionSummary>>> ListAsync(WorkspaceScope scope, ExecutionQuery wanted, CancellationToken cancellationToken)
    {
        if (TimeBounds.Error(wanted.From, wanted.To) is { } error)
        {
            return error;
        }

        await using var context = database.For(scope);
        var executions = wanted.Code is { } code ? context.Executions.FailedWithCode(code) : context.Executions;
        if (wanted.Status is { } status)
        {
            if (!ExecutionStatusText.TryParse(status, out var state))
            {
                return OperationError.OfParameter(
                    "status_unknown",
                    "status",
                    $"'{status}' is not a state of an execution. Use pending, running, waiting, retrying, completed, failed or cancelled."
                );
            }

            executions = executions.In(state);
        }

        var (workflows, unknownWorkflow) = await WorkflowNames.MeantAsync(context, wanted.WorkflowId, wanted.Workflow, cancellationToken);
        if (unknownWorkflow is not null)
        {
            return unknownWorkflow;
        }

        var (sources, unknownSource) = await SourceNames.MeantAsync(context, wanted.Source, cancellationToken);
        if (unknownSource is not null)
        {
            return unknownSource;
        }

        var found = executions.CreatedWithin(wanted.From, wanted.To);
        var page = await new ExecutionSearch(context, time).FindAsync(found, workflows, sources, wanted.Cursor, wanted.Limit, cancellationToken);
        return new KeysetPage<ExecutionSummary>(await views.SummariesAsync(context, page.Rows, cancellationToken), page.Next);
    }

    public async Task<OperationResult<ExecutionDetail>> FindAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        return await views.FindAsync(context, id, cancellationToken) is { } detail ? detail : OperationError.NotFound("execution");
    }

    /// <summary>A call under way is abandoned; whether it reached the other side is unknown.</summary>
    public async Task<OperationResult<ExecutionDetail>> CancelAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (await queue.CancelAsync(id, cancellationToken) is not { } claim)
        {
            return await RefusalAsync(context, id, "cancelled", OnlyOpen, cancellationToken);
        }

        running.Cancel(id, claim);
        await channel.NotifyAsync(HubNotice.Cancelled, id, CancellationToken.None, claim);
        return (await views.FindAsync(context, id, cancellationToken))!;
    }

    /// <summary>Runs a failed or cancelled one on, as the replay of a dead letter does. Steps that completed are not run again.</summary>
    public async Task<OperationResult<ExecutionDetail>> RetryAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (await ResumeAsync(context, id, cancellationToken) is not { } resumed)
        {
            return await RefusalAsync(context, id, "retried", OnlyEnded, cancellationToken);
        }

        var detail = await views.FindAsync(context, id, cancellationToken);
        wake.Now();
        await channel.NotifyAsync(HubNotice.Due, id, CancellationToken.None);
        return detail! with { OlderVersion = resumed.OlderVersion };
    }

    /// <returns>Null when it has not ended so, or does not exist.</returns>
    private async Task<Resumed?> ResumeAsync(HubDbContext context, Guid id, CancellationToken cancellationToken)
    {
        if (await ended.FindAsync(id, cancellationToken) is not { } execution)
        {
            return null;
        }

        var choice = await versions.ChooseAsync(execution, cancellationToken);
        var letter = choice.Older is null
            ? null
            : await context
                .DeadLetters.Where(row => row.ExecutionId == id && row.Status == DeadLetterStatus.Open)
                .Select(row => (Guid?)row.Id)
                .FirstOrDefaultAsync(cancellationToken);
        return await queue.ResumeAsync(choice.Resumption, cancellationToken)
            ? new Resumed(id, choice.Version, OlderVersions.OfExecution(choice, letter))
            : null;
    }

    private async Task<OperationError> RefusalAsync(HubDbContext context, Guid id, string whatWasAsked, string remedy, CancellationToken cancellationToken) =>
        await views.FindAsync(context, id, cancellationToken) is { } detail
            ? OperationError.Conflict("state_conflict", $"The execution is {detail.Status.ToText()} and cannot be {whatWasAsked}. {remedy}")
            : OperationError.NotFound("execution");
}
