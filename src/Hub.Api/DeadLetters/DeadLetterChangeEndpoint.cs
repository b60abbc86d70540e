using Hub.Api.Errors;
using Hub.Fields;
using Hub.Storage;
using Hub.Storage.DeadLetters;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.DeadLetters;

/// <summary>Discards a dead letter, brings it back, or notes something about it.</summary>
internal static class DeadLetterChangeEndpoint
{
    private const int LongestNote = 2000;

    public static void MapDeadLetterChange(this IEndpointRouteBuilder group) =>
        group
            .MapPatch("/{id:guid}", Change)
            .WithName("changeDeadLetter")
            .WithSummary("Discards it (status discarded), so that it is not replayed any more; brings a discarded one back (status open); keeps a note.")
            .ProducesProblem(409);

    private static async Task<Results<Ok<DeadLetterView>, ProblemHttpResult>> Change(
        Guid id,
        DeadLetterChange change,
        HubDbContext database,
        DeadLetterViews views,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (ErrorOf(change) is { } error)
        {
            return error;
        }

        DeadLetterStatus? status =
            change.Status is null ? null
            : change.Status == "open" ? DeadLetterStatus.Open
            : DeadLetterStatus.Discarded;
        var isChanged = await ApplyAsync(database, id, status, change.Note, time.GetUtcNow(), cancellationToken);
        return await views.FindAsync(id, cancellationToken) switch
        {
            null => Problems.NotFound("dead letter"),
            _ when !isChanged => Problems.Create(
                409,
                "already_replayed",
                "This dead letter has been replayed already and keeps that state. Only its note can be changed: leave out 'status'."
            ),
            var view => TypedResults.Ok(view),
        };
    }

    private static ProblemHttpResult? ErrorOf(DeadLetterChange change) =>
        change switch
        {
            { Status: null, Note: null } => Problems.Create(400, "change_missing", "Give 'status' (discarded or open), 'note', or both."),
            { Status: not (null or "open" or "discarded") } => Problems.Create(
                400,
                "status_unknown",
                $"'{change.Status}' is not a state that a person sets. Use discarded or open; to run it again use POST .../replay."
            ),
            { Note: { } note } when Characters.Count(note) > LongestNote => Problems.Create(
                400,
                "note_too_long",
                $"A note has at most {LongestNote} characters."
            ),
            _ => null,
        };

    /// <summary>One statement, so that a replay that comes meanwhile is not undone. False when there is none, or it was replayed.</summary>
    private static async Task<bool> ApplyAsync(
        HubDbContext database,
        Guid id,
        DeadLetterStatus? status,
        string? note,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await database
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
