using Hub.Engine.Catalog;
using Hub.Engine.Executions;
using Hub.Engine.Intake;
using Hub.Engine.Replays;
using Hub.Storage;
using Hub.Storage.DeadLetters;
using Hub.Storage.Executions;
using Hub.Storage.Notifications;
using Hub.Storage.Queue;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.DeadLetters;

/// <summary>Runs exhausted work again.</summary>
public sealed class DeadLetterReplayer(
    HubDatabase database,
    ExecutionQueue queue,
    EndedExecutions ended,
    ReplayVersions versions,
    ExecutionIntake intake,
    WakeSignal wake,
    HubChannel channel,
    TimeProvider time
)
{
    private static OperationError Discarded =>
        OperationError.Conflict("discarded", "This dead letter was discarded. To replay it, bring it back first: PATCH it with { \"status\": \"open\" }.");

    /// <param name="mode">resume, unless given: the same execution goes on; or restart: a new one begins.</param>
    public async Task<OperationResult<Resumed>> ReplayAsync(WorkspaceScope scope, Guid id, string? mode, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        return mode switch
        {
            null or "resume" => await ResumeAsync(context, id, cancellationToken),
            "restart" => await RestartAsync(context, id, cancellationToken),
            _ => OperationError.Invalid("mode_unknown", $"'{mode}' is not a way to replay. Use resume or restart."),
        };
    }

    /// <summary>The same execution goes on where it failed, with the newest version where that can be.</summary>
    private async Task<OperationResult<Resumed>> ResumeAsync(HubDbContext context, Guid id, CancellationToken cancellationToken)
    {
        if (await context.DeadLetters.FirstOrDefaultAsync(letter => letter.Id == id, cancellationToken) is not { } letter)
        {
            return OperationError.NotFound("dead letter");
        }

        if (letter.Status == DeadLetterStatus.Discarded)
        {
            return Discarded;
        }

        if (
            letter.Status != DeadLetterStatus.Open
            || await ended.FindAsync(letter.ExecutionId, cancellationToken) is not { } execution
            || await versions.ChooseAsync(execution, cancellationToken) is not { } choice
            || !await queue.ResumeAsync(choice.Resumption, cancellationToken)
        )
        {
            return OperationError.Conflict(
                "already_replayed",
                "This dead letter has been replayed already. Look at its execution, or replay with mode 'restart'."
            );
        }

        wake.Now();
        await channel.NotifyAsync(HubNotice.Due, letter.ExecutionId, CancellationToken.None);
        return new Resumed(letter.ExecutionId, choice.Version, OlderVersions.Of(choice, id));
    }

    /// <summary>A new execution of the newest version begins from the same delivery or input.</summary>
    private async Task<OperationResult<Resumed>> RestartAsync(HubDbContext context, Guid id, CancellationToken cancellationToken)
    {
        if (await context.DeadLetters.FirstOrDefaultAsync(letter => letter.Id == id, cancellationToken) is not { } letter)
        {
            return OperationError.NotFound("dead letter");
        }

        if (letter.Status == DeadLetterStatus.Discarded)
        {
            return Discarded;
        }

        if (await context.Workflows.FirstOrDefaultAsync(workflow => workflow.Id == letter.WorkflowId, cancellationToken) is not { } workflow)
        {
            return OperationError.Conflict("workflow_deleted", "The workflow was deleted; only mode 'resume' can run its old version on.");
        }

        var execution = await context.Executions.FirstAsync(row => row.Id == letter.ExecutionId, cancellationToken);
        var delivery = letter.DeliveryId is null ? null : await context.Deliveries.FirstOrDefaultAsync(row => row.Id == letter.DeliveryId, cancellationToken);
        if (letter.DeliveryId is not null && delivery is null)
        {
            return OperationError.Conflict(
                "delivery_expired",
                "The delivery that it starts from is no longer kept. Replay with mode 'resume', which needs none."
            );
        }

        if (
            await intake.StartAsync(new ActiveWorkflow(workflow.Id, workflow.Version), ExecutionTriggers.Replay, delivery, execution.Input, execution.Id)
            is not { } started
        )
        {
            return OperationError.Unavailable("not_kept", "The replay could not be kept and was not started. Try again shortly.");
        }

        var now = time.GetUtcNow();
        await context
            .DeadLetters.Where(row => row.Id == id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Status, DeadLetterStatus.Replayed)
                        .SetProperty(row => row.ReplayedAt, now)
                        .SetProperty(row => row.ReplayExecutionId, started),
                cancellationToken
            );
        return new Resumed(started, workflow.Version, null);
    }
}

/// <summary>The execution that runs now, and its version.</summary>
public sealed record Resumed(Guid ExecutionId, int Version, OlderVersion? OlderVersion);
