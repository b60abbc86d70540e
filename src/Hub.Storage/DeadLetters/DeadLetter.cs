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
}

public enum DeadLetterStatus
{
    Open,
    Replayed,
}
