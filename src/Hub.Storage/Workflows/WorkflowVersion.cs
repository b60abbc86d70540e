namespace Hub.Storage.Workflows;

/// <summary>An immutable version of a workflow's document.</summary>
public sealed class WorkflowVersion
{
    public Guid WorkflowId { get; init; }

    public int Version { get; init; }

    /// <summary>The <c>flowpilot/v1</c> document as it was given, JSON text.</summary>
    public required string Definition { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
