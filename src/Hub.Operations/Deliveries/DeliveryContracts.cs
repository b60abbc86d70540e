using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Hub.Engine.Intake;
using Hub.Storage.Executions;

namespace Hub.Operations.Deliveries;

/// <summary>A request that came, accepted or not, in lists.</summary>
public record DeliverySummary
{
    public required Guid Id { get; init; }

    public required Guid SourceId { get; init; }

    /// <summary>The Source's name now, also of one that was deleted.</summary>
    public required string? SourceName { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>accepted, duplicate, bad_signature, stale or missing; the last three lie in quarantine.</summary>
    public required string Verdict { get; init; }

    /// <summary>What became of an accepted one: unrouted, filtered, in_progress, completed, failed or cancelled.</summary>
    public required string? Outcome { get; init; }

    public required string? Method { get; init; }

    public required string? ContentType { get; init; }

    /// <summary>The kind of event by the provider's own word.</summary>
    public required string? EventType { get; init; }

    /// <summary>The provider's delivery id.</summary>
    public required string? DedupeKey { get; init; }

    /// <summary>Bytes of the body as received; null of a duplicate, which had the key of the first one.</summary>
    public required int? Size { get; init; }

    /// <summary>Of a duplicate, the delivery that came first.</summary>
    public required Guid? FirstId { get; init; }

    /// <summary>Of a refused one, the causes found: <c>[{ cause, sentence, proven }]</c>; null while nobody has looked.</summary>
    public required RawJson? Diagnosis { get; init; }

    /// <summary>What started from it, replays included.</summary>
    public required IReadOnlyList<DeliveryExecution> Executions { get; init; }
}

/// <param name="WorkflowName">The workflow's name now, also of one that was deleted.</param>
/// <param name="Trigger">webhook, or replay.</param>
public sealed record DeliveryExecution(Guid Id, Guid WorkflowId, string? WorkflowName, string Trigger, ExecutionStatus Status);

/// <summary>A request with everything that is kept of it.</summary>
public sealed record DeliveryDetail : DeliverySummary
{
    [SetsRequiredMembers]
    public DeliveryDetail(DeliverySummary summary)
        : base(summary) { }

    [JsonPropertyOrder(1)]
    public string Query { get; init; } = "";

    /// <summary>By lower-case name; what proves who someone is is masked.</summary>
    [JsonPropertyOrder(1)]
    public RawJson? Headers { get; init; }

    /// <summary>The body as text; null when it is not UTF-8.</summary>
    [JsonPropertyOrder(1)]
    public string? Body { get; init; }

    /// <summary>The body when it is not UTF-8.</summary>
    [JsonPropertyOrder(1)]
    public string? BodyBase64 { get; init; }

    /// <summary>What to know of how workflows are given the body, such as bytes that mean nothing in its charset; null when there is nothing to tell.</summary>
    [JsonPropertyOrder(1)]
    public string? BodyNote { get; init; }

    /// <summary>What workflows are given of the body: <c>auto</c>, what it is found to be, or <c>text</c>; null of one that was not accepted.</summary>
    [JsonPropertyOrder(1)]
    public BodyReading? BodyAs { get; init; }

    /// <summary>Whether it was let out of quarantine although its signature was stale.</summary>
    [JsonPropertyOrder(1)]
    public bool StaleAccepted { get; init; }

    /// <summary>Why a refused request was refused, as it was told the sender.</summary>
    [JsonPropertyOrder(1)]
    public string? Reason { get; init; }

    /// <summary>
    /// What the workflows' triggers decided: <c>[{ workflowId, workflowName, version, why: { outcome, filter | schema | error } }]</c>; null when none has a
    /// filter or schema.
    /// </summary>
    [JsonPropertyOrder(1)]
    public RawJson? Decisions { get; init; }

    /// <summary>Repetitions of it, the newest first, 100 at most.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<Repetition> Duplicates { get; init; } = [];
}

public sealed record Repetition(Guid Id, DateTimeOffset ReceivedAt);

/// <param name="Items">The newest first.</param>
/// <param name="Next">Give it as <c>cursor</c> for what is older; null when there is nothing. A page may hold fewer than asked for, even none, while it is
/// set: the search goes on there.</param>
public sealed record DeliveryList(IReadOnlyList<DeliverySummary> Items, Guid? Next);

/// <param name="WorkflowId">Runs the newest version of this workflow, whatever its filter says and whether it is active; left out: every active workflow of
/// the Source, as if it came now.</param>
public sealed record DeliveryReplayRequest(Guid? WorkflowId);

/// <param name="Ids">The deliveries, 1000 at most; or</param>
/// <param name="Filter">what to look for among the accepted ones.</param>
/// <param name="WorkflowId">As for one.</param>
/// <param name="Limit">With a filter: how many at most, 100 unless given, 1000 at most.</param>
public sealed record BulkReplayRequest(IReadOnlyList<Guid>? Ids, DeliveryFilter? Filter, Guid? WorkflowId, int? Limit);

/// <param name="Source">The Source's id or name.</param>
/// <param name="Outcome">What became of it: unrouted, filtered, in_progress, completed, failed or cancelled.</param>
public sealed record DeliveryFilter(
    string? Source,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? EventType,
    string? Key,
    string? Text,
    Guid? Cursor,
    string? Outcome = null
);

/// <param name="Executions">The executions that were started.</param>
public sealed record DeliveryReplay(Guid DeliveryId, IReadOnlyList<Guid> Executions);

/// <param name="Failed">Those that were not replayed, each with a code.</param>
/// <param name="Next">With a filter: the <c>cursor</c> for those that are left; null when there are none.</param>
public sealed record BulkReplay(IReadOnlyList<DeliveryReplay> Replayed, IReadOnlyList<FailedReplay> Failed, Guid? Next);

public sealed record FailedReplay(Guid DeliveryId, string Code, string Message);

/// <param name="AcceptStale">Lets in a request whose signature is right but whose time lies outside the tolerance; false unless given.</param>
public sealed record DeliveryReleaseRequest(bool? AcceptStale);

/// <param name="Verdict">accepted, or duplicate when the same had come meanwhile.</param>
/// <param name="FirstId">Of a duplicate, the delivery that came first.</param>
public sealed record ReleasedDelivery(Guid DeliveryId, string Verdict, Guid? FirstId);
