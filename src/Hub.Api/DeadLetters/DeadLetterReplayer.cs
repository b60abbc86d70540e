using Hub.Api.Errors;
using Hub.Engine.Catalog;
using Hub.Engine.Executions;
using Hub.Engine.Intake;
using Hub.Engine.Replays;
using Hub.Storage;
using Hub.Storage.DeadLetters;
using Hub.Storage.Notifications;
using Hub.Storage.Queue;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.DeadLetters;

/// <summary>Runs exhausted work again.</summary>
internal sealed class DeadLetterReplayer(
    HubDbContext database,
    ExecutionQueue queue,
    EndedExecutions ended,
    ReplayVersions versions,
    DeliveryIntake intake,
    WakeSignal wake,
    HubChannel channel,
    TimeProvider time
)
{
    private static ReplayAnswer Discarded =>
        ReplayAnswer.Of(
            Problems.Create(409, "discarded", "This dead letter was discarded. To replay it, bring it back first: PATCH it with { \"status\": \"open\" }.")
        );

    /// <summary>The same execution goes on where it failed, with the newest version where that can be.</summary>
    public async Task<ReplayAnswer> ResumeAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await database.DeadLetters.FirstOrDefaultAsync(letter => letter.Id == id, cancellationToken) is not { } letter)
        {
            return ReplayAnswer.Of(Problems.NotFound("dead letter"));
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
            return ReplayAnswer.Of(
                Problems.Create(409, "already_replayed", "This dead letter has been replayed already. Look at its execution, or replay with mode 'restart'.")
            );
        }

        wake.Now();
        await channel.NotifyAsync(HubNotice.Due, letter.ExecutionId, CancellationToken.None);
        return new(new Resumed(letter.ExecutionId, choice.Version, OlderVersions.Of(choice, id)), null);
    }

    /// <summary>A new execution of the newest version begins from the same delivery or input.</summary>
    public async Task<ReplayAnswer> RestartAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await database.DeadLetters.FirstOrDefaultAsync(letter => letter.Id == id, cancellationToken) is not { } letter)
        {
            return ReplayAnswer.Of(Problems.NotFound("dead letter"));
        }

        if (letter.Status == DeadLetterStatus.Discarded)
        {
            return Discarded;
        }

        if (await database.Workflows.FirstOrDefaultAsync(workflow => workflow.Id == letter.WorkflowId, cancellationToken) is not { } workflow)
        {
            return ReplayAnswer.Of(Problems.Create(409, "workflow_deleted", "The workflow was deleted; only mode 'resume' can run its old version on."));
        }

        var execution = await database.Executions.FirstAsync(row => row.Id == letter.ExecutionId, cancellationToken);
        var delivery = letter.DeliveryId is null ? null : await database.Deliveries.FirstOrDefaultAsync(row => row.Id == letter.DeliveryId, cancellationToken);
        if (letter.DeliveryId is not null && delivery is null)
        {
            return ReplayAnswer.Of(Problems.Create(409, "delivery_expired", "The delivery that it starts from is no longer kept."));
        }

        if (await intake.StartAsync(new ActiveWorkflow(workflow.Id, workflow.Version), "replay", delivery, execution.Input, execution.Id) is not { } started)
        {
            return ReplayAnswer.Of(Problems.Create(503, "not_kept", "The replay could not be kept and was not started. Try again shortly."));
        }

        var now = time.GetUtcNow();
        await database
            .DeadLetters.Where(row => row.Id == id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Status, DeadLetterStatus.Replayed)
                        .SetProperty(row => row.ReplayedAt, now)
                        .SetProperty(row => row.ReplayExecutionId, started),
                cancellationToken
            );
        return new(new Resumed(started, workflow.Version, null), null);
    }
}

/// <summary>The execution that runs now, or why there is none.</summary>
internal readonly record struct ReplayAnswer(Resumed? Resumed, ProblemHttpResult? Problem)
{
    public static ReplayAnswer Of(ProblemHttpResult problem) => new(null, problem);
}

/// <summary>The execution that runs now, and its version.</summary>
internal sealed record Resumed(Guid ExecutionId, int Version, OlderVersion? OlderVersion);
