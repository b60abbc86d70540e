using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Operations.DeadLetters;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.DeadLetters;

internal static class DeadLetterEndpoints
{
    public static void MapDeadLetters(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("dead-letters", "Dead letters");
        group
            .MapGet("", List)
            .WithName("listDeadLetters")
            .WithSummary(
                "Newest first. Filters: workflow (id or name), workflowId, executionId, status (open, replayed, discarded), stepId, code (of the error), "
                    + "from, to. Walk on with cursor=next."
            )
            .ProducesProblem(400);
        group.MapGet("/{id:guid}", Get).WithName("getDeadLetter").WithSummary("One dead letter with every failed try and the run context at the end.");
        group
            .MapPatch("/{id:guid}", Change)
            .WithName("changeDeadLetter")
            .WithSummary("Discards it (status discarded), so that it is not replayed any more; brings a discarded one back (status open); keeps a note.")
            .ProducesProblem(409);
        group
            .MapPost("/replay", ReplayMany)
            .WithName("replayDeadLetters")
            .WithSummary($"Replays many: by ids, or the open ones that a filter finds, the oldest first; {BulkReplayer.Most} at most.")
            .ProducesProblem(400);
        group
            .MapPost("/{id:guid}/replay", Replay)
            .WithName("replayDeadLetter")
            .WithSummary(
                "Runs it again: mode resume (unless given) goes on at the failed step, with the newest version where what has run is unchanged in it; "
                    + "restart begins anew."
            )
            .ProducesProblem(409);
    }

    private static async Task<Results<Ok<KeysetPage<DeadLetterView>>, ProblemHttpResult>> List(
        [AsParameters] DeadLetterParameters wanted,
        WorkspaceScope scope,
        DeadLetterOperations letters,
        CancellationToken cancellationToken,
        [Range(1, PageSize.Most)] int limit = PageSize.Default
    ) => (await letters.ListAsync(scope, wanted.Query with { Limit = limit }, cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<Ok<DeadLetterView>, ProblemHttpResult>> Get(
        Guid id,
        WorkspaceScope scope,
        DeadLetterOperations letters,
        CancellationToken cancellationToken
    ) => (await letters.FindAsync(scope, id, cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<Ok<DeadLetterView>, ProblemHttpResult>> Change(
        Guid id,
        DeadLetterChange change,
        WorkspaceScope scope,
        DeadLetterOperations letters,
        CancellationToken cancellationToken
    ) => (await letters.ChangeAsync(scope, id, change, cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<Accepted<ManyReplayed>, ProblemHttpResult>> ReplayMany(
        ManyToReplay asked,
        WorkspaceScope scope,
        BulkReplayer replayer,
        CancellationToken cancellationToken
    ) => (await replayer.ReplayAsync(scope, asked, cancellationToken)).Answer(replayed => TypedResults.Accepted((string?)null, replayed));

    private static async Task<Results<Accepted<Replayed>, ProblemHttpResult>> Replay(
        Guid id,
        ReplayRequest? body,
        WorkspaceScope scope,
        HttpRequest request,
        DeadLetterReplayer replayer,
        PublicAddress address,
        CancellationToken cancellationToken
    ) =>
        (await replayer.ReplayAsync(scope, id, body?.Mode, cancellationToken)).Answer(resumed =>
            TypedResults.Accepted(
                (string?)null,
                new Replayed(resumed.ExecutionId, $"{address.Of(request)}/api/v1/executions/{resumed.ExecutionId}", resumed.Version, resumed.OlderVersion)
            )
        );
}
