using Hub.Connectors;
using Hub.Connectors.Contract;

namespace Hub.Operations.Connectors;

/// <summary>What the hub can call.</summary>
public sealed class ConnectorOperations(ConnectorRegistry registry)
{
    /// <summary>The same in every workspace.</summary>
    public IReadOnlyList<ConnectorView> List() =>
        [
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
        ];
}

public sealed record ConnectorView(ConnectorManifest Connector, IReadOnlyList<ActionView> Actions);

public sealed record ActionView(string Type, string Summary, IReadOnlyList<FieldSpec> Inputs, RawJson OutputSchema);
