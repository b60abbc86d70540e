using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Engine.Intake;
using Hub.Signatures;
using Hub.Storage.Deliveries;
using Hub.Storage.Inbox;
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
        DeliveryFilters filters,
        DeliverySearch search,
        DeliveryViews views,
        CancellationToken cancellationToken,
        [Range(1, PageSize.Most)] int limit = PageSize.Default
    )
    {
        var (query, problem) = await filters.ReadAsync(wanted.Filter, wanted.Verdict, cancellationToken);
        if (query is null)
        {
            return problem!;
        }

        var page = await search.FindAsync(query, limit, cancellationToken);
        return TypedResults.Ok(new DeliveryList(await views.SummariesAsync(page.Rows, cancellationToken), page.Next));
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        [AsParameters] DeliveryParameters wanted,
        DeliveryFilters filters,
        DeliveryExport export,
        CancellationToken cancellationToken,
        [Range(1, DeliveryExport.Most)] int limit = DeliveryExport.Most
    )
    {
        var (query, problem) = await filters.ReadAsync(wanted.Filter, wanted.Verdict, cancellationToken);
        return query is null
            ? problem!
            : TypedResults.Stream(stream => export.WriteAsync(stream, query, limit, cancellationToken), "application/x-ndjson", "deliveries.ndjson");
    }

    private static async Task<Results<Ok<DeliveryDetail>, ProblemHttpResult>> Get(
        Guid id,
        DeliveryViews views,
        QuarantineRelease quarantine,
        CancellationToken cancellationToken
    )
    {
        if (await views.FindAsync(id, cancellationToken) is not { } detail)
        {
            return Problems.NotFound("delivery");
        }

        // While many bad requests came nobody looked for the cause.
        return detail is { Reason: not null, Diagnosis: null } && await quarantine.DiagnoseAsync(id, cancellationToken) is { } findings
            ? TypedResults.Ok(detail with { Diagnosis = new RawJson(RequestDoctor.ToJson(findings)) })
            : TypedResults.Ok(detail);
    }

    /// <summary>Always sent as bytes to save, never as a page: what a sender posted must not run in an operator's browser.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Body(Guid id, DeliveryViews views, CancellationToken cancellationToken)
    {
        if (await views.BodyAsync(id, cancellationToken) is not { } body)
        {
            return Problems.NotFound("delivery");
        }

        return TypedResults.File(body, "application/octet-stream", $"{id}.bin");
    }

    private static async Task<Results<Accepted<DeliveryReplay>, ProblemHttpResult>> Replay(
        Guid id,
        DeliveryReplayRequest? body,
        DeliveryReplayer replayer,
        CancellationToken cancellationToken
    )
    {
        var (replay, problem) = await replayer.ReplayAsync(id, body?.WorkflowId, cancellationToken);
        return replay is null ? problem! : TypedResults.Accepted((string?)null, replay);
    }

    private static async Task<Results<Ok<ReleasedDelivery>, ProblemHttpResult>> Release(
        Guid id,
        DeliveryReleaseRequest? request,
        QuarantineRelease quarantine,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        var result = await quarantine.ReleaseAsync(id, request?.AcceptStale ?? false, cancellationToken);
        switch (result)
        {
            case { Verdict: ReleaseVerdict.Missing }:
                return Problems.Create(404, "not_found", "There is no such request in quarantine: it was released already, or has left.");
            case { Verdict: ReleaseVerdict.SourceGone }:
                return Problems.Create(409, "source_gone", "The Source it came to was deleted.");
            case { Verdict: ReleaseVerdict.SourceClosed }:
                return Problems.Create(
                    409,
                    "source_closed",
                    "The Source it came to cannot judge requests. Look at the Source: its 'problem' says why, and what to do."
                );
            case { Verdict: ReleaseVerdict.CertificateUnavailable }:
                return Problems.Create(409, "certificate_unavailable", "The certificate that signed it cannot be fetched at the moment. Try again later.");
            case { Verdict: ReleaseVerdict.Unreadable }:
                return Problems.Create(409, "unreadable", "Its body cannot be unpacked, or the headers kept of it were encrypted with another key ring.");
            case { Verdict: ReleaseVerdict.StillRefused }:
                var remedy =
                    result.Signature.Verdict == SignatureVerdict.Stale ? " Release it with {\"acceptStale\": true} if it is to be let in all the same." : "";
                var problem = Problems.Create(409, "still_refused", $"It is still refused: {result.Signature.Reason}{remedy}");
                problem.ProblemDetails.Extensions["verdict"] = VerdictText.Of(result.Signature.Verdict);
                problem.ProblemDetails.Extensions["diagnosis"] = result.Findings;
                return problem;
            case { Receipt.Verdict: InboxVerdict.Unavailable }:
                RetryAfter.Set(response, RetryAfter.Soon);
                return Problems.Create(503, "not_kept", "The delivery could not be kept now, and stays in quarantine. Try again shortly.");
            default:
                var duplicate = result.Receipt.Verdict == InboxVerdict.Duplicate;
                return TypedResults.Ok(new ReleasedDelivery(id, duplicate ? "duplicate" : "accepted", duplicate ? result.Receipt.FirstDelivery : null));
        }
    }

    private static async Task<Results<Accepted<BulkReplay>, ProblemHttpResult>> ReplayMany(
        BulkReplayRequest body,
        DeliveryFilters filters,
        DeliveryReplayer replayer,
        CancellationToken cancellationToken
    )
    {
        if (body.Ids is null == body.Filter is null || body.Ids?.Count > DeliveryReplayer.MostAtOnce)
        {
            return Problems.Create(400, "request_invalid", $"Give either 'ids', {DeliveryReplayer.MostAtOnce} at most, or a 'filter'.");
        }

        if (body.Limit is < 1 or > DeliveryReplayer.MostAtOnce)
        {
            return Problems.LimitInvalid(DeliveryReplayer.MostAtOnce);
        }

        DeliveryQuery? query = null;
        if (body.Filter is { } filter)
        {
            (query, var refused) = await filters.ReadAsync(filter, "accepted", cancellationToken);
            if (query is null)
            {
                return refused!;
            }
        }

        var (replay, problem) = await replayer.ReplayManyAsync(body.Ids, query, body.WorkflowId, body.Limit, cancellationToken);
        return replay is null ? problem! : TypedResults.Accepted((string?)null, replay);
    }
}
