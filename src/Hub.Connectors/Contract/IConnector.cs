namespace Hub.Connectors.Contract;

/// <summary>A plug-in that talks to one outside system. One instance serves the whole process; it keeps no state of an execution.</summary>
public interface IConnector
{
    ConnectorManifest Manifest { get; }

    IReadOnlyList<IConnectorAction> Actions { get; }
}
