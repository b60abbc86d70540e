namespace Hub.Connectors.Contract;

/// <summary>A plug-in that talks to one outside system. One instance serves the whole process; it keeps no state of an execution.</summary>
public interface IConnector
{
    ConnectorManifest Manifest { get; }

    IReadOnlyList<IConnectorAction> Actions { get; }

    /// <summary>A sentence that says why the fields of a credential do not go together, without a value of them; null when they do.</summary>
    string? ErrorOf(IReadOnlyDictionary<string, string> credential) => null;
}
