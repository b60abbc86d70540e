using Hub.Connectors.Contract;

namespace Hub.Connectors;

/// <summary>An action beside what its connector declares.</summary>
public sealed record DeclaredAction(ConnectorManifest Connector, IConnectorAction Action)
{
    public ActionManifest Manifest => Action.Manifest;

    /// <summary>Why the action cannot take its input or credential; null when it can, and only then may it be run.</summary>
    public ConnectorError? ErrorOf(ActionContext context) => FieldErrors.Check(Connector, Manifest, context);
}
