namespace Hub.Analytics.Ledger;

/// <summary>
/// Where the requests to one Source went. Two sums must close: received = accepted + duplicate + refused + quarantined, and
/// accepted = completed + failed + cancelled + filtered + unrouted + in progress + expired.
/// </summary>
public sealed record LedgerEntry
{
    /// <summary>Null for all Sources together.</summary>
    public Guid? SourceId { get; init; }

    /// <summary>The Source's name, also of one that was deleted; null for all together.</summary>
    public string? Source { get; init; }

    /// <summary>Requests as they were counted in the transaction that kept them, or when they were refused.</summary>
    public required long Received { get; init; }

    /// <summary>Deliveries: the rows that are there, and those that retention has dropped.</summary>
    public required long Accepted { get; init; }

    /// <summary>Repetitions of a delivery that was there already.</summary>
    public required long Duplicate { get; init; }

    /// <summary>Refused and not kept: too large, too many, from elsewhere, or fallen out of the quarantine.</summary>
    public required long Refused { get; init; }

    /// <summary>Refused for their signature and kept aside.</summary>
    public required long Quarantined { get; init; }

    /// <summary>Deliveries all of whose executions ended, at least one of them completed and none failed.</summary>
    public required long Completed { get; init; }

    /// <summary>Deliveries all of whose executions ended, at least one of them failed: its dead letter has the rest.</summary>
    public required long Failed { get; init; }

    /// <summary>Deliveries all of whose executions were cancelled.</summary>
    public required long Cancelled { get; init; }

    /// <summary>Deliveries that every workflow of the Source turned down by its filter or schema.</summary>
    public required long Filtered { get; init; }

    /// <summary>Deliveries for which no workflow was active.</summary>
    public required long Unrouted { get; init; }

    public required long InProgress { get; init; }

    /// <summary>Deliveries that retention has dropped since; all were finished.</summary>
    public required long Expired { get; init; }

    /// <summary>The refused ones by reason.</summary>
    public IReadOnlyDictionary<string, long> RefusedFor { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>What the first sum leaves unaccounted for; 0 when it closes.</summary>
    public long ReceivedDifference => Received - Accepted - Duplicate - Refused - Quarantined;

    /// <summary>What the second sum leaves unaccounted for, such as an execution that is missing; 0 when it closes.</summary>
    public long AcceptedDifference => Accepted - Completed - Failed - Cancelled - Filtered - Unrouted - InProgress - Expired;

    public bool Closes => ReceivedDifference == 0 && AcceptedDifference == 0;

    /// <summary>All entries together.</summary>
    public static LedgerEntry Total(IReadOnlyList<LedgerEntry> entries) =>
        new()
        {
            Received = entries.Sum(entry => entry.Received),
            Accepted = entries.Sum(entry => entry.Accepted),
            Duplicate = entries.Sum(entry => entry.Duplicate),
            Refused = entries.Sum(entry => entry.Refused),
            Quarantined = entries.Sum(entry => entry.Quarantined),
            Completed = entries.Sum(entry => entry.Completed),
            Failed = entries.Sum(entry => entry.Failed),
            Cancelled = entries.Sum(entry => entry.Cancelled),
            Filtered = entries.Sum(entry => entry.Filtered),
            Unrouted = entries.Sum(entry => entry.Unrouted),
            InProgress = entries.Sum(entry => entry.InProgress),
            Expired = entries.Sum(entry => entry.Expired),
            RefusedFor = entries
                .SelectMany(entry => entry.RefusedFor)
                .GroupBy(pair => pair.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value), StringComparer.Ordinal),
        };
}
