namespace Hub.Storage.Deliveries;

/// <summary>What a search for requests asks for. Everything that is null is not asked for.</summary>
public sealed record DeliveryQuery
{
    /// <summary>Those that came to one of these Sources; null for all.</summary>
    public IReadOnlyList<Guid>? Sources { get; init; }

    /// <summary>Received at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Received before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>What became of the request at the door.</summary>
    public DeliveryVerdicts Verdicts { get; init; } = DeliveryVerdicts.All;

    /// <summary>The provider's kind of event, exactly.</summary>
    public string? EventType { get; init; }

    /// <summary>The provider's delivery id, exactly.</summary>
    public string? Key { get; init; }

    /// <summary>Text that the body holds, exactly, as UTF-8.</summary>
    public string? Text { get; init; }

    /// <summary>What became of an accepted one: unrouted, filtered, in_progress, completed, failed or cancelled.</summary>
    public string? Outcome { get; init; }

    /// <summary>Only requests older than this one; null begins with the newest.</summary>
    public Guid? Before { get; init; }

    /// <summary>Whether rows must be read to know if they match, as no index tells.</summary>
    public bool NeedsScan => EventType is not null || Key is not null || Text is not null || Outcome is not null;
}
