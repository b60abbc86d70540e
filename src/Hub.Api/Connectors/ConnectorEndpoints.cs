using Hub.Operations.Connectors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Connectors;

internal static class ConnectorEndpoints
{
    public static void MapConnectors(this IEndpointRouteBuilder app) =>
        app.MapApi("connectors", "Connectors")
            .MapGet("", List)
            .WithName("listConnectors")
            .WithSummary("What the hub can call: actions with their inputs, and the credentials they take.");

    private static Ok<IReadOnlyList<ConnectorView>> List(ConnectorOperations connectors) => TypedResults.Ok(connectors.List());
}
