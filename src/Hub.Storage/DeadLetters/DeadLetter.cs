namespace Hub.Storage.DeadLetters;

/// <summary>Exhausted work, kept whole: what was asked, what was known, and every error on the way.</summary>
public sealed class DeadLetter
{
    public Guid Id { get; init; }

    public Guid ExecutionId { get; init; }

    public Guid WorkflowId { get; init; }

    public int Version { get; init; }

    public Guid? DeliveryId { get; init; }

    /// <summary>The step that failed last.</summary>
    public string? StepId { get; init; }

    public DeadLetterStatus Status { get; set; }

    public required string Error { get; init; }

    public required string ErrorHistory { get; init; }

    /// <summary>The run context at the end: trigger, steps, vars.</summary>
    public required string Context { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ReplayedAt { get; set; }

    public Guid? ReplayExecutionId { get; set; }

    /// <summary>When a person put it away; null when nobody did, or when it was brought back.</summary>
    public DateTimeOffset? DiscardedAt { get; set; }

    /// <summary>What a person wrote about it.</summary>
    public string? Note { get; set; }

    public DateTimeOffset? NotedAt { get; set; }
}

public enum DeadLetterStatus
{
    Open,
    Replayed,

    /// <summary>Put away by a person: it is not replayed unless it is brought back.</summary>
    Discarded,
}
