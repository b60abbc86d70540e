namespace Hub.Storage.Destinations;

/// <summary>A destination that answered a step 410 Gone: the step does not call it any more until a person switches it on again.</summary>
public sealed class GoneDestination
{
    public Guid WorkflowId { get; init; }

    public required string StepId { get; init; }

    /// <summary>SHA-256 of the whole address, which may hold a secret.</summary>
    public required byte[] AddressHash { get; init; }

    /// <summary>What may be shown of it: scheme, host and port, or the connector.</summary>
    public required string Place { get; init; }

    /// <summary>The execution that was told so.</summary>
    public Guid ExecutionId { get; init; }

    public DateTimeOffset GoneAt { get; init; }
}
