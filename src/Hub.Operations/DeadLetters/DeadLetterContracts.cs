using Hub.Storage.DeadLetters;

namespace Hub.Operations.DeadLetters;

/// <param name="WorkflowName">The workflow's name now, also of one that was deleted.</param>
/// <param name="StepId">The step that failed last.</param>
/// <param name="Status">open, replayed or discarded.</param>
/// <param name="ReplayExecutionId">The execution that a replay ran: the same one, or a new one.</param>
/// <param name="DiscardedAt">When it was discarded; null when it was not, or was brought back.</param>
/// <param name="Note">What a person wrote about it.</param>
/// <param name="NotedAt">When the note was written.</param>
/// <param name="ErrorHistory">Every failed try: <c>[{ stepId, tries: [{ attempt, at, error }] }]</c>; in the detail only.</param>
/// <param name="Context">The run context at the end: trigger, steps, vars; in the detail only.</param>
public sealed record DeadLetterView(
    Guid Id,
    Guid ExecutionId,
    Guid WorkflowId,
    string? WorkflowName,
    int Version,
    Guid? DeliveryId,
    string? StepId,
    DeadLetterStatus Status,
    RawJson Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ReplayedAt,
    Guid? ReplayExecutionId,
    DateTimeOffset? DiscardedAt,
    string? Note,
    DateTimeOffset? NotedAt,
    RawJson? ErrorHistory,
    RawJson? Context
);

/// <param name="Status"><c>discarded</c>: no replay takes it any more. <c>open</c>: brings a discarded one back. Left out, the state stays.</param>
/// <param name="Note">What others should know of it, up to 2000 characters. An empty text removes the note; left out, it stays.</param>
public sealed record DeadLetterChange(string? Status, string? Note);

/// <param name="Ids">The dead letters; or</param>
/// <param name="Filter">which of the open ones are meant. An empty one means all.</param>
/// <param name="Mode">As for one.</param>
/// <param name="Limit">With a filter: how many at most, 1 to 10000; 10000 unless given.</param>
public sealed record ManyToReplay(IReadOnlyList<Guid>? Ids, OpenLetters? Filter, string? Mode, int? Limit);

/// <param name="StepId">The step that failed last.</param>
/// <param name="Code">The code of its error, such as <c>http_status</c>.</param>
/// <param name="From">Written at this time or later.</param>
/// <param name="To">Written before this time.</param>
public sealed record OpenLetters(Guid? WorkflowId, string? StepId, string? Code, DateTimeOffset? From, DateTimeOffset? To);

/// <param name="Replayed">How many were.</param>
/// <param name="NotReplayed">Those that were not, each with a code and a sentence.</param>
/// <param name="More">Whether the filter finds more than the limit: ask again for the rest.</param>
/// <param name="OnOlderVersion">Those that go on with an older version than their workflow has by now, and why.</param>
public sealed record ManyReplayed(int Replayed, IReadOnlyList<NotReplayed> NotReplayed, bool More, IReadOnlyList<ManyOnOlderVersion> OnOlderVersion);

/// <param name="Code">not_found, already_replayed, discarded, workflow_deleted or delivery_expired.</param>
public sealed record NotReplayed(Guid DeadLetterId, string Code, string Message);
