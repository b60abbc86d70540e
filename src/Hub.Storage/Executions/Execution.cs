namespace Hub.Storage.Executions;

/// <summary>One run of a workflow version.</summary>
public sealed class Execution
{
    public Guid Id { get; init; }

    public Guid WorkflowId { get; init; }

    /// <summary>The version that it runs, or ran last.</summary>
    public int Version { get; init; }

    /// <summary>Those that it ran before, the oldest first; null when it has never gone on with another one.</summary>
    public IReadOnlyList<int>? EarlierVersions { get; init; }

    /// <summary>One of <see cref="ExecutionTriggers"/>.</summary>
    public required string Trigger { get; init; }

    public Guid? DeliveryId { get; init; }

    /// <summary>The JSON given by hand, when there is no delivery.</summary>
    public string? Input { get; init; }

    /// <summary>The execution this one replays.</summary>
    public Guid? ReplayOf { get; init; }

    /// <summary>The execution of which a step runs this one; null when none does.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>That step.</summary>
    public string? ParentStep { get; init; }

    /// <summary>Which of the step's items this is.</summary>
    public int? ParentIndex { get; init; }

    public ExecutionStatus Status { get; init; }

    /// <summary>Failed tries over all steps.</summary>
    public int FailedTries { get; init; }

    public string? Error { get; init; }

    public DateTimeOffset? WakeAt { get; init; }

    public Guid? LeaseNode { get; init; }

    /// <summary>Counts claims: the fencing token of the lease.</summary>
    public int Claim { get; init; }

    public DateTimeOffset? ClaimedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
