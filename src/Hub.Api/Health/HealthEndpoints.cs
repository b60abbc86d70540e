using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Health;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app) =>
        app.MapGet("/health", Get).WithTags("Health").WithName("getHealth").Produces<HealthView>(200).Produces<HealthView>(503);

    private static async Task<JsonHttpResult<HealthView>> Get(HubDatabase database, CancellationToken cancellationToken)
    {
        var durability = await database.TryAskDurabilityAsync(cancellationToken);
        var status = durability is null ? "unhealthy" : "healthy";
        var view = new HealthView(
            status, new DatabaseHealth(status, database.IsEmbedded ? "embedded PostgreSQL" : "PostgreSQL", durability?.IsKept, durability?.Warning));
        return TypedResults.Json(view, statusCode: durability is null ? 503 : 200);
    }
}

internal sealed record HealthView(string Status, DatabaseHealth Database);

/// <param name="Durable">Whether the server flushes a commit before it answers; null while it does not answer.</param>
/// <param name="Warning">When it does not: what can be lost, and what to do.</param>
internal sealed record DatabaseHealth(string Status, string Kind, bool? Durable, string? Warning);
