namespace Hub.Storage.Inbox;

/// <summary>One request that arrived at a Source, kept raw.</summary>
public sealed class Delivery
{
    /// <summary>Where it is kept: 0 for the common partition, else that of its Source.</summary>
    public int RetentionPartition { get; init; }

    public Guid Id { get; init; }

    public Guid SourceId { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public required string Method { get; init; }

    /// <summary>The query string as sent, with its question mark, or empty.</summary>
    public required string Query { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The headers by lower-case name, a JSON object of strings.</summary>
    public required string Headers { get; init; }

    /// <summary>The provider's delivery id, when the Source finds duplicates.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>Whether a repetition is known by that id. Like the next, this is used when it is kept, and not part of its row.</summary>
    public bool IsKnownById { get; init; } = true;

    /// <summary>Keys of what its signature covers, by which a repetition is known too.</summary>
    public IReadOnlyList<string> SignedKeys { get; init; } = [];

    /// <summary>The id, where a repetition is known by it.</summary>
    public string? IdKey => IsKnownById ? DedupeKey : null;

    /// <summary>How many keys it has; one without any cannot be a repetition.</summary>
    public int KeyCount => SignedKeys.Count + (IdKey is null ? 0 : 1);

    /// <summary>The kind of event by the provider's own word, when the Source's scheme says where it is.</summary>
    public string? EventType { get; init; }

    /// <summary>How many executions were created with it.</summary>
    public short Executions { get; init; }

    /// <summary>What the triggers that look at it decided, a JSON array; null when none looks.</summary>
    public string? Decisions { get; init; }

    public DeliveryHandling Handling { get; init; }

    /// <summary>The body as received.</summary>
    public required byte[] Body { get; init; }
}
