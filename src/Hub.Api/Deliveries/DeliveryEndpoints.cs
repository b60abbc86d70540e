using System.Text;
using System.Text.Unicode;
using Hub.Api.Errors;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Deliveries;

internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("deliveries", "Deliveries");
        group.MapGet("/{id:guid}", Get).WithName("getDelivery");
        group.MapGet("/{id:guid}/body", Body).WithName("getDeliveryBody").WithSummary("The body byte for byte as it was received.");
    }

    private static async Task<Results<Ok<DeliveryView>, ProblemHttpResult>> Get(Guid id, HubDbContext database, CancellationToken cancellationToken)
    {
        if (await database.Deliveries.FirstOrDefaultAsync(delivery => delivery.Id == id, cancellationToken) is not { } delivery)
        {
            return Problems.NotFound("delivery");
        }

        var isText = Utf8.IsValid(delivery.Body);
        return TypedResults.Ok(new DeliveryView(
            delivery.Id,
            delivery.SourceId,
            delivery.ReceivedAt,
            delivery.Method,
            delivery.Query,
            delivery.ContentType,
            new RawJson(delivery.Headers),
            delivery.DedupeKey,
            delivery.Body.Length,
            isText ? Encoding.UTF8.GetString(delivery.Body) : null,
            isText ? null : Convert.ToBase64String(delivery.Body)));
    }

    /// <summary>Always sent as bytes to save, never as a page: what a sender posted must not run in an operator's browser.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Body(Guid id, HubDbContext database, HttpResponse response, CancellationToken cancellationToken)
    {
        var body = await database.Deliveries.Where(delivery => delivery.Id == id).Select(delivery => delivery.Body).FirstOrDefaultAsync(cancellationToken);
        if (body is null)
        {
            return Problems.NotFound("delivery");
        }

        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(body, "application/octet-stream", $"{id}.bin");
    }
}

/// <param name="Body">The body as text; null when it is not UTF-8.</param>
/// <param name="BodyBase64">The body when it is not UTF-8.</param>
internal sealed record DeliveryView(
    Guid Id,
    Guid SourceId,
    DateTimeOffset ReceivedAt,
    string Method,
    string Query,
    string? ContentType,
    RawJson Headers,
    string? DedupeKey,
    int Size,
    string? Body,
    string? BodyBase64);
