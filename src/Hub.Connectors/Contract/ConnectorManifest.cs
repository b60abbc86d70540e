namespace Hub.Connectors.Contract;

/// <summary>What a connector declares of itself. Forms, validation and documentation are drawn from it.</summary>
/// <param name="Name">Lower-case identifier, the part of a step type before the dot: <c>slack</c>.</param>
/// <param name="Title">The name people read.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="CredentialFields">The fields of its credential; empty when it needs none.</param>
/// <param name="CredentialRequired">Whether its actions refuse to run without a credential.</param>
public sealed record ConnectorManifest(string Name, string Title, string Summary, IReadOnlyList<FieldSpec> CredentialFields, bool CredentialRequired = false);

/// <summary>What an action declares of itself.</summary>
/// <param name="Type">The step type: <c>slack.post_message</c>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Inputs">The fields of <c>with</c>.</param>
/// <param name="OutputSchema">JSON Schema of the output, as JSON text.</param>
public sealed record ActionManifest(string Type, string Summary, IReadOnlyList<FieldSpec> Inputs, string OutputSchema)
{
    /// <summary>
    /// The input whose URL says which host is called, as calls are paced, put off and switched off by host; null when the connector always calls the same.
    /// </summary>
    public string? Destination { get; init; }
}
