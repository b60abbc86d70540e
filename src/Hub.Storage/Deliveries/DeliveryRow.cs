namespace Hub.Storage.Deliveries;

/// <summary>A request in a list, without its bytes.</summary>
/// <param name="Verdict">accepted, duplicate, bad_signature, stale or missing.</param>
/// <param name="Size">The body's bytes; null of a duplicate, whose bytes are those of the first.</param>
/// <param name="Executions">How many executions were created with it.</param>
/// <param name="Decisions">What triggers decided, JSON.</param>
/// <param name="FirstId">Of a duplicate, the delivery that came first.</param>
/// <param name="Diagnosis">Of a refused one, the causes found, JSON.</param>
public sealed record DeliveryRow(
    Guid Id,
    Guid SourceId,
    DateTimeOffset ReceivedAt,
    string Verdict,
    string? Method,
    string? ContentType,
    string? EventType,
    string? DedupeKey,
    int? Size,
    int Executions,
    string? Decisions,
    Guid? FirstId,
    string? Diagnosis
);

/// <param name="Rows">The newest first.</param>
/// <param name="Next">Where to go on, as <see cref="DeliveryQuery.Before"/>; null when there is nothing older.</param>
public sealed record DeliveryPage(IReadOnlyList<DeliveryRow> Rows, Guid? Next);
