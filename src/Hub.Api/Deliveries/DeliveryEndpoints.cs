using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Operations.Deliveries;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Deliveries;

internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("deliveries", "Deliveries");
        group
            .MapGet("", List)
            .WithName("listDeliveries")
            .WithSummary(
                "Every request that came, the newest first. Filters: source (id or name), from, to, verdict, outcome, eventType, key, text (in the "
                    + "body). Walk on with cursor=next."
            )
            .ProducesProblem(400);
        group
            .MapGet("/export", Export)
            .WithName("exportDeliveries")
            .WithSummary("The same with headers and bytes, one JSON object a line; the last line holds 'next' when there is more than limit (10,000 at most).")
            .Produces(200, contentType: "application/x-ndjson")
            .ProducesProblem(400);
        group
            .MapGet("/{id:guid}", Get)
            .WithName("getDelivery")
            .WithSummary("One request: bytes, headers, verdict, why it was refused or filtered, its repetitions and executions.");
        group
            .MapGet("/{id:guid}/body", Body)
            .WithName("getDeliveryBody")
            .WithSummary("The body byte for byte as it was received.")
            .Produces(200, contentType: "application/octet-stream");
        group
            .MapPost("/{id:guid}/replay", Replay)
            .WithName("replayDelivery")
            .WithSummary("Starts the active workflows of its Source once more from this delivery, or the workflow named.")
            .ProducesProblem(409);
        group
            .MapPost("/{id:guid}/release", Release)
            .WithName("releaseDelivery")
            .WithSummary(
                "Judges a request in quarantine again, as of the time it was received, and lets it in when its signature is right now; one that is only "
                    + "stale with acceptStale."
            )
            .ProducesProblem(409);
        group
            .MapPost("/replay", ReplayMany)
            .WithName("replayDeliveries")
            .WithSummary("The same for many: by ids, or by a filter among the accepted ones.")
            .ProducesProblem(400);
    }

    private static async Task<Results<Ok<DeliveryList>, ProblemHttpResult>> List(
        [AsParameters] DeliveryParameters wanted,
        WorkspaceScope scope,
        DeliveryOperations deliveries,
        CancellationToken cancellationToken,
        [Range(1, PageSize.Most)] int limit = PageSize.Default
    ) => (await deliveries.ListAsync(scope, wanted.Filter, wanted.Verdict, limit, cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        [AsParameters] DeliveryParameters wanted,
        WorkspaceScope scope,
        DeliveryExport export,
        CancellationToken cancellationToken,
        [Range(1, DeliveryExport.Most)] int limit = DeliveryExport.Most
    ) =>
        (await export.BeginAsync(scope, wanted.Filter, wanted.Verdict, limit, cancellationToken)).Answer(write =>
            TypedResults.Stream(write, "application/x-ndjson", "deliveries.ndjson")
        );

    private static async Task<Results<Ok<DeliveryDetail>, ProblemHttpResult>> Get(
        Guid id,
        WorkspaceScope scope,
        DeliveryOperations deliveries,
        CancellationToken cancellationToken
    ) => (await deliveries.FindAsync(scope, id, cancellationToken)).Answer(TypedResults.Ok);

    /// <summary>Always sent as bytes to save, never as a page: what a sender posted must not run in an operator's browser.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Body(
        Guid id,
        WorkspaceScope scope,
        DeliveryOperations deliveries,
        CancellationToken cancellationToken
    ) => (await deliveries.BodyAsync(scope, id, cancellationToken)).Answer(body => TypedResults.File(body, "application/octet-stream", $"{id}.bin"));

    private static async Task<Results<Accepted<DeliveryReplay>, ProblemHttpResult>> Replay(
        Guid id,
        DeliveryReplayRequest? body,
        WorkspaceScope scope,
        DeliveryReplayer replayer,
        CancellationToken cancellationToken
    ) => (await replayer.ReplayAsync(scope, id, body?.WorkflowId, cancellationToken)).Answer(replay => TypedResults.Accepted((string?)null, replay));

    private static async Task<Results<Ok<ReleasedDelivery>, ProblemHttpResult>> Release(
        Guid id,
        DeliveryReleaseRequest? request,
        WorkspaceScope scope,
        DeliveryRelease release,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        var released = await release.ReleaseAsync(scope, id, request?.AcceptStale ?? false, cancellationToken);
        if (released.Error is { Kind: OperationErrorKind.Unavailable })
        {
            RetryAfter.Set(response, RetryAfter.Soon);
        }

        return released.Answer(TypedResults.Ok);
    }

    private static async Task<Results<Accepted<BulkReplay>, ProblemHttpResult>> ReplayMany(
        BulkReplayRequest body,
        WorkspaceScope scope,
        DeliveryReplayer replayer,
        CancellationToken cancellationToken
    ) => (await replayer.ReplayManyAsync(scope, body, cancellationToken)).Answer(replay => TypedResults.Accepted((string?)null, replay));
}
