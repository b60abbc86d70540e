namespace Hub.Storage.Journal;

/// <summary>What is recorded of a step: its last status and every failed try. Steps not reached have no row.</summary>
public sealed class ExecutionStep
{
    public Guid ExecutionId { get; init; }

    public required string StepId { get; init; }

    public StepStatus Status { get; init; }

    /// <summary>The way out a branching step took.</summary>
    public string? Port { get; init; }

    public int Attempts { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? Error { get; init; }

    /// <summary>The failed tries, oldest first: a JSON array of <c>{ attempt, at, error }</c>.</summary>
    public string? Errors { get; init; }

    /// <summary>Why a branch was taken.</summary>
    public string? Why { get; init; }

    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>What it waits for besides its time: <c>signal</c> or <c>child</c>.</summary>
    public string? Awaits { get; init; }

    public Guid? AwaitedId { get; init; }

    /// <summary>The path of its execution, when that is an item.</summary>
    public string? Iteration { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

public enum StepStatus
{
    /// <summary>Also the default: no step counts as completed unless somebody says so.</summary>
    Failed,
    Completed,
    Skipped,

    /// <summary>Rests until its wake time (a delay).</summary>
    Waiting,

    /// <summary>Failed, and will be tried again at its wake time.</summary>
    Retrying,
}
