using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Health;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        // Many who watch ask without wanting the body.
        app.MapMethods("/health", [HttpMethods.Head], Get).ExcludeFromDescription();
        app.MapGet("/health", Get)
            .WithTags("Health")
            .WithName("getHealth")
            .WithSummary("Tells whether this node can keep deliveries and record what executions do; 503, with what is wrong, when it cannot.")
            .Produces<HealthView>(200)
            .Produces<HealthView>(503);
    }

    private static async Task<JsonHttpResult<HealthView>> Get(HubHealth health)
    {
        var view = await health.LookAsync();
        return TypedResults.Json(view, statusCode: view.Problems.Count == 0 ? 200 : 503);
    }
}
