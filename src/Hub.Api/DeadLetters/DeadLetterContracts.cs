using Hub.Storage.DeadLetters;

namespace Hub.Api.DeadLetters;

/// <param name="StepId">The step that failed last.</param>
/// <param name="ErrorHistory">Every failed try: <c>[{ stepId, tries: [{ attempt, at, error }] }]</c>; in the detail only.</param>
/// <param name="Context">The run context at the end: trigger, steps, vars; in the detail only.</param>
internal sealed record DeadLetterView(
    Guid Id,
    Guid ExecutionId,
    Guid WorkflowId,
    int Version,
    Guid? DeliveryId,
    string? StepId,
    DeadLetterStatus Status,
    RawJson Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ReplayedAt,
    Guid? ReplayExecutionId,
    RawJson? ErrorHistory,
    RawJson? Context);

/// <param name="Mode">
/// <c>resume</c> (unless given): the same execution goes on, steps that completed are not run again.
/// <c>restart</c>: a new execution of the workflow's newest version begins from the delivery.
/// </param>
internal sealed record ReplayWish(string? Mode);

internal sealed record Replayed(Guid ExecutionId, string StatusUrl);
