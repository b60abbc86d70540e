using Hub.Fields;
using Hub.Operations.Workflows;
using Hub.Storage;
using Hub.Storage.DeadLetters;
using Hub.Storage.Executions;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.DeadLetters;

/// <summary>Looks at dead letters, discards them, brings them back, and notes something about them.</summary>
public sealed class DeadLetterOperations(HubDatabase database, TimeProvider time)
{
    private const int LongestNote = 2000;

    /// <summary>The newest first.</summary>
    public async Task<OperationResult<KeysetPage<DeadLetterView>>> ListAsync(WorkspaceScope scope, DeadLetterQuery wanted, CancellationToken cancellationToken)
    {
        if (TimeBounds.Error(wanted.From, wanted.To) is { } error)
        {
            return error;
        }

        await using var context = database.For(scope);
        var letters = wanted.Code is { } code ? context.DeadLetters.OfCode(code) : context.DeadLetters;
        if (wanted.Status is { } status)
        {
            if (!Enum.TryParse<DeadLetterStatus>(status, ignoreCase: true, out var state) || !Enum.IsDefined(state))
            {
                return OperationError.OfParameter("status_unknown", "status", $"'{status}' is not a state of a dead letter. Use open, replayed or discarded.");
            }

            letters = letters.Where(letter => letter.Status == state);
        }

        var (workflows, unknown) = await WorkflowNames.MeantAsync(context, wanted.WorkflowId, wanted.Workflow, cancellationToken);
        if (unknown is not null)
        {
            return unknown;
        }

        letters = wanted.ExecutionId is null ? letters : letters.Where(letter => letter.ExecutionId == wanted.ExecutionId);
        letters = wanted.StepId is null ? letters : letters.Where(letter => letter.StepId == wanted.StepId);
        letters = letters.CreatedWithin(wanted.From, wanted.To);
        letters = wanted.Cursor is null ? letters : letters.Where(letter => letter.Id < wanted.Cursor);
        var newest = letters.NewestOf(workflows, wanted.Limit + 1);
        return KeysetPage.Of(await DeadLetterViews.ListAsync(context, newest, cancellationToken), wanted.Limit, row => row.Id);
    }

    public async Task<OperationResult<DeadLetterView>> FindAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        return await DeadLetterViews.FindAsync(context, id, cancellationToken) is { } view ? view : OperationError.NotFound("dead letter");
    }

    public async Task<OperationResult<DeadLetterView>> ChangeAsync(WorkspaceScope scope, Guid id, DeadLetterChange change, CancellationToken cancellationToken)
    {
        if (ErrorOf(change) is { } error)
        {
            return error;
        }

        DeadLetterStatus? status =
            change.Status is null ? null
            : change.Status == "open" ? DeadLetterStatus.Open
            : DeadLetterStatus.Discarded;
        await using var context = database.For(scope);
        var isChanged = await ApplyAsync(context, id, status, change.Note, time.GetUtcNow(), cancellationToken);
        return await DeadLetterViews.FindAsync(context, id, cancellationToken) switch
        {
            null => OperationError.NotFound("dead letter"),
            _ when !isChanged => OperationError.Conflict(
                "already_replayed",
                "This dead letter has been replayed already and keeps that state. Only its note can be changed: leave out 'status'."
            ),
            var view => view,
        };
    }

    private static OperationError? ErrorOf(DeadLetterChange change) =>
        change switch
        {
            { Status: null, Note: null } => OperationError.Invalid("change_missing", "Give 'status' (discarded or open), 'note', or both."),
            { Status: not (null or "open" or "discarded") } => OperationError.Invalid(
                "status_unknown",
                $"'{change.Status}' is not a state that a person sets. Use discarded or open; to run it again use POST .../replay."
            ),
            { Note: { } note } when Characters.Count(note) > LongestNote => OperationError.Invalid(
                "note_too_long",
                $"A note has at most {LongestNote} characters."
            ),
            _ => null,
        };

    /// <summary>One statement, so that a replay that comes meanwhile is not undone. False when there is none, or it was replayed.</summary>
    private static async Task<bool> ApplyAsync(
        HubDbContext context,
        Guid id,
        DeadLetterStatus? status,
        string? note,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await context
            .DeadLetters.Where(letter => letter.Id == id && (status == null || letter.Status != DeadLetterStatus.Replayed))
            .ExecuteUpdateAsync(
                set =>
                {
                    if (status is { } wanted)
                    {
                        set.SetProperty(letter => letter.Status, wanted);
                        set.SetProperty(letter => letter.DiscardedAt, letter => wanted == DeadLetterStatus.Discarded ? letter.DiscardedAt ?? now : null);
                    }

                    if (note is not null)
                    {
                        set.SetProperty(letter => letter.Note, note.Length == 0 ? null : note);
                        set.SetProperty(letter => letter.NotedAt, note.Length == 0 ? null : now);
                    }
                },
                cancellationToken
            ) > 0;
}
