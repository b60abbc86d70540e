using Hub.Storage.Executions;

namespace Hub.Storage.Journal;

/// <summary>What an execution's runner records in one commit: its steps since the last one, and where it stands.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Claim">The claim it was run under; a later claim makes the entry void.</param>
/// <param name="Status">Where it stands after this entry; Running when it goes on.</param>
/// <param name="WakeIn">For Waiting, Retrying and Pending: how long it rests, by the database's clock.</param>
/// <param name="FailedTries">Failed tries so far, over all steps.</param>
/// <param name="Error">JSON of what made it fail.</param>
/// <param name="Steps">Steps to record.</param>
/// <param name="DeadLetter">Kept in the same commit when the execution is given up.</param>
public sealed record JournalEntry(
    Guid ExecutionId,
    int Claim,
    ExecutionStatus Status,
    TimeSpan? WakeIn,
    int FailedTries,
    string? Error,
    IReadOnlyList<StepRecord> Steps,
    NewDeadLetter? DeadLetter = null
)
{
    /// <summary>What it waits for beside its wake time: whoever has room there may claim it earlier. Null for nothing.</summary>
    public string? ParkedOn { get; init; }

    /// <summary>The execution's <see cref="IterationPath"/>; its steps are recorded with it.</summary>
    public string? Iteration { get; init; }
}

/// <summary>The state of a step to be recorded. Texts are JSON.</summary>
public sealed record StepRecord(string StepId, StepStatus Status)
{
    public string? Port { get; init; }

    public int Attempts { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? Error { get; init; }

    public string? Errors { get; init; }

    public string? Why { get; init; }

    /// <summary>For Waiting: what it waits for besides its time; null for nothing.</summary>
    public Awaited? Awaits { get; init; }

    /// <summary>For Waiting and Retrying: how long until it is due, by the database's clock.</summary>
    public TimeSpan? WakeIn { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>The part of a dead letter that the execution row does not know. Texts are JSON.</summary>
public sealed record NewDeadLetter(Guid Id, string? StepId, string ErrorHistory, string Context, DateTimeOffset CreatedAt);
