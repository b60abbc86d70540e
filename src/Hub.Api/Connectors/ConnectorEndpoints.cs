using Hub.Connectors;
using Hub.Connectors.Contract;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Connectors;

internal static class ConnectorEndpoints
{
    public static void MapConnectors(this IEndpointRouteBuilder app) =>
        app.MapApi("connectors", "Connectors")
            .MapGet("", List)
            .WithName("listConnectors")
            .WithSummary("What the hub can call: actions with their inputs, and the credentials they take.");

    private static Ok<IReadOnlyList<ConnectorView>> List(ConnectorRegistry registry) =>
        TypedResults.Ok<IReadOnlyList<ConnectorView>>([
            .. registry.Connectors.Select(connector => new ConnectorView(
                connector.Manifest,
                [
                    .. connector.Actions.Select(action => new ActionView(
                        action.Manifest.Type,
                        action.Manifest.Summary,
                        action.Manifest.Inputs,
                        new RawJson(action.Manifest.OutputSchema)
                    )),
                ]
            )),
        ]);
}

internal sealed record ConnectorView(ConnectorManifest Connector, IReadOnlyList<ActionView> Actions);

internal sealed record ActionView(string Type, string Summary, IReadOnlyList<FieldSpec> Inputs, RawJson OutputSchema);
