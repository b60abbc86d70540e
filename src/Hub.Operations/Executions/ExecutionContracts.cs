using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Hub.Operations.DeadLetters;
using Hub.Storage.Executions;

namespace Hub.Operations.Executions;

/// <summary>An execution in lists.</summary>
public record ExecutionSummary
{
    public required Guid Id { get; init; }

    public required Guid WorkflowId { get; init; }

    /// <summary>The workflow's name now, also of one that was deleted.</summary>
    public required string? WorkflowName { get; init; }

    /// <summary>The version that it runs, or ran last.</summary>
    public required int Version { get; init; }

    /// <summary>webhook, manual or replay.</summary>
    public required string Trigger { get; init; }

    public required Guid? DeliveryId { get; init; }

    /// <summary>Where that delivery arrived; null without one, and when it is no longer kept.</summary>
    public required Guid? SourceId { get; init; }

    /// <summary>The Source's name now, also of one that was deleted.</summary>
    public required string? SourceName { get; init; }

    public required ExecutionStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When it goes on, while it rests.</summary>
    public required DateTimeOffset? WakeAt { get; init; }

    /// <summary>Failed tries over all steps.</summary>
    public required int FailedTries { get; init; }

    public required RawJson? Error { get; init; }
}

/// <summary>An execution with everything that is recorded of it.</summary>
public sealed record ExecutionDetail : ExecutionSummary
{
    [SetsRequiredMembers]
    internal ExecutionDetail(ExecutionSummary summary)
        : base(summary) => (Steps, EarlierVersions) = ([], []);

    /// <summary>The JSON given by hand.</summary>
    [JsonPropertyOrder(1)]
    public required RawJson? Input { get; init; }

    /// <summary>The execution this one replays.</summary>
    [JsonPropertyOrder(1)]
    public required Guid? ReplayOf { get; init; }

    /// <summary>The versions that it ran before it was replayed with a newer one, the oldest first.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<int> EarlierVersions { get; init; }

    /// <summary>The newest dead letter that it left; null when there is none.</summary>
    [JsonPropertyOrder(1)]
    public required Guid? DeadLetterId { get; init; }

    /// <summary>
    /// In the answer to a retry only, and only when it goes on with an older version than its workflow has by now: why, and what would begin anew.
    /// </summary>
    [JsonPropertyOrder(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OlderVersion? OlderVersion { get; init; }

    /// <summary>
    /// Every step of the version, in the order of the document; those that are recorded, in the order they began, when the version is no longer valid.
    /// </summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<StepView> Steps { get; init; }
}

/// <param name="Type">Null when the version is no longer valid.</param>
/// <param name="Status">completed, failed, skipped, waiting, retrying, or pending when it was not reached (yet).</param>
/// <param name="Port">The way out that was taken.</param>
/// <param name="Errors">Every failed try: <c>[{ attempt, at, error }]</c>.</param>
/// <param name="Why">
/// For branches: the paths, the values found, the comparison, the result. For skipped steps the incoming edges that were not taken:
/// <c>{ notTaken: [{ after, message, because }] }</c>, where <c>because</c> is the condition that decided so.
/// </param>
public sealed record StepView(
    string Id,
    string? Type,
    string Status,
    string? Port,
    int Attempts,
    RawJson? Input,
    RawJson? Output,
    RawJson? Error,
    RawJson? Errors,
    RawJson? Why,
    DateTimeOffset? WakeAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt
);
