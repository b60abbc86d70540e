namespace Hub.Storage.Sources;

/// <summary>Where webhooks arrive, and the way requests prove themselves. Its addresses and secrets are rows of their own.</summary>
public sealed class Source
{
    public Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The name of the signature scheme.</summary>
    public required string Scheme { get; set; }

    /// <summary>Options of the scheme, a JSON object, or null.</summary>
    public string? SchemeOptions { get; set; }

    /// <summary>How the provider's delivery id is found, such as <c>header:X-GitHub-Delivery</c>, or null.</summary>
    public string? Dedupe { get; set; }

    /// <summary>The largest body accepted, in bytes.</summary>
    public int BodyLimit { get; set; }

    /// <summary>What else it asks of requests, and how it answers: a JSON object, or null for the usual.</summary>
    public string? Settings { get; set; }

    /// <summary>Where its deliveries are kept: 0 is the partition of all that have no retention of their own.</summary>
    public int RetentionPartition { get; set; }

    /// <summary>How long its deliveries are kept, in days; null for the hub's own limit.</summary>
    public int? RetentionDays { get; set; }

    /// <summary>How many bytes its deliveries may take; null for the hub's own limit.</summary>
    public long? RetentionBytes { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }
}
