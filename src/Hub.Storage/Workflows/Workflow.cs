namespace Hub.Storage.Workflows;

/// <summary>A workflow as people name it; what runs is one of its versions.</summary>
public sealed class Workflow
{
    public Guid Id { get; init; }

    public required string Name { get; set; }

    public required WorkflowStatus Status { get; set; }

    /// <summary>The newest version, which an active workflow runs.</summary>
    public int Version { get; set; }

    /// <summary>The name of the Source whose deliveries start it; null when it is started by hand only.</summary>
    public string? Source { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Deleted workflows keep their row: their executions still refer to it.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

public enum WorkflowStatus
{
    Draft,
    Active,
    Inactive,
}
