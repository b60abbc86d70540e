using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Health;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app) =>
        app.MapGet("/health", Get).WithTags("Health").WithName("getHealth").Produces<HealthView>(200).Produces<HealthView>(503);

    private static async Task<JsonHttpResult<HealthView>> Get(HubDatabase database, CancellationToken cancellationToken)
    {
        var reachable = await database.IsReachableAsync(cancellationToken);
        var view = new HealthView(
            reachable ? "healthy" : "unhealthy",
            new DatabaseHealth(reachable ? "healthy" : "unhealthy", database.IsEmbedded ? "embedded PostgreSQL" : "PostgreSQL"));
        return TypedResults.Json(view, statusCode: reachable ? 200 : 503);
    }
}

internal sealed record HealthView(string Status, DatabaseHealth Database);

internal sealed record DatabaseHealth(string Status, string Kind);
