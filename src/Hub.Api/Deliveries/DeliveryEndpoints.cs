using Hub.Api.Errors;
using Hub.Storage.Deliveries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Deliveries;

internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("deliveries", "Deliveries");
        group.MapGet("", List).WithName("listDeliveries")
            .WithSummary("Every request that came, the newest first. Filters: source (id or name), from, to, verdict, eventType, key, text (in the body). Walk on with cursor=next.")
            .ProducesProblem(400);
        group.MapGet("/export", Export).WithName("exportDeliveries")
            .WithSummary("The same with headers and bytes, one JSON object a line; the last line holds 'next' when there is more than limit (10,000 at most).")
            .Produces(200, contentType: "application/x-ndjson").ProducesProblem(400);
        group.MapGet("/{id:guid}", Get).WithName("getDelivery").WithSummary("One request: bytes, headers, verdict, why it was refused or filtered, its repetitions and executions.");
        group.MapGet("/{id:guid}/body", Body).WithName("getDeliveryBody").WithSummary("The body byte for byte as it was received.");
        group.MapPost("/{id:guid}/replay", Replay).WithName("replayDelivery")
            .WithSummary("Starts the active workflows of its Source once more from this delivery, or the workflow named.").ProducesProblem(409);
        group.MapPost("/replay", ReplayMany).WithName("replayDeliveries").WithSummary("The same for many: by ids, or by a filter among the accepted ones.").ProducesProblem(400);
    }

    private static async Task<Results<Ok<DeliveryList>, ProblemHttpResult>> List(
        DeliveryFilters filters,
        DeliverySearch search,
        DeliveryViews views,
        CancellationToken cancellationToken,
        string? source = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? verdict = null,
        string? eventType = null,
        string? key = null,
        string? text = null,
        Guid? cursor = null,
        int? limit = null)
    {
        var (query, problem) = await filters.ReadAsync(new(source, from, to, eventType, key, text, cursor), verdict, cancellationToken);
        if (query is null)
        {
            return problem!;
        }

        var page = await search.FindAsync(query, PageSize.Of(limit), cancellationToken);
        return TypedResults.Ok(new DeliveryList(await views.SummariesAsync(page.Rows, cancellationToken), page.Next));
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        DeliveryFilters filters,
        DeliveryExport export,
        CancellationToken cancellationToken,
        string? source = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? verdict = null,
        string? eventType = null,
        string? key = null,
        string? text = null,
        Guid? cursor = null,
        int? limit = null)
    {
        var (query, problem) = await filters.ReadAsync(new(source, from, to, eventType, key, text, cursor), verdict, cancellationToken);
        return query is null
            ? problem!
            : TypedResults.Stream(
                stream => export.WriteAsync(stream, query, Math.Clamp(limit ?? DeliveryExport.Most, 1, DeliveryExport.Most), cancellationToken),
                "application/x-ndjson",
                "deliveries.ndjson");
    }

    private static async Task<Results<Ok<DeliveryDetail>, ProblemHttpResult>> Get(Guid id, DeliveryViews views, CancellationToken cancellationToken) =>
        await views.FindAsync(id, cancellationToken) is { } detail ? TypedResults.Ok(detail) : Problems.NotFound("delivery");

    /// <summary>Always sent as bytes to save, never as a page: what a sender posted must not run in an operator's browser.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Body(Guid id, DeliveryViews views, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await views.BodyAsync(id, cancellationToken) is not { } body)
        {
            return Problems.NotFound("delivery");
        }

        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(body, "application/octet-stream", $"{id}.bin");
    }

    private static async Task<Results<Accepted<DeliveryReplay>, ProblemHttpResult>> Replay(
        Guid id, DeliveryReplayWish? wish, DeliveryReplayer replayer, CancellationToken cancellationToken)
    {
        var (replay, problem) = await replayer.ReplayAsync(id, wish?.WorkflowId, cancellationToken);
        return replay is null ? problem! : TypedResults.Accepted((string?)null, replay);
    }

    private static async Task<Results<Accepted<BulkReplay>, ProblemHttpResult>> ReplayMany(
        BulkReplayWish wish, DeliveryFilters filters, DeliveryReplayer replayer, CancellationToken cancellationToken)
    {
        if (wish.Ids is null == wish.Filter is null || wish.Ids?.Count > DeliveryReplayer.MostAtOnce)
        {
            return Problems.Create(400, "wish_invalid", $"Give either 'ids', {DeliveryReplayer.MostAtOnce} at most, or a 'filter'.");
        }

        DeliveryQuery? query = null;
        if (wish.Filter is { } filter)
        {
            (query, var refused) = await filters.ReadAsync(filter, "accepted", cancellationToken);
            if (query is null)
            {
                return refused!;
            }
        }

        var (replay, problem) = await replayer.ReplayManyAsync(wish.Ids, query, wish.WorkflowId, wish.Limit, cancellationToken);
        return replay is null ? problem! : TypedResults.Accepted((string?)null, replay);
    }
}
