namespace Hub.Storage.Rounds;

/// <summary>How a service goes round, and what it says of rounds that failed.</summary>
public sealed record RoundRules
{
    /// <summary>From the beginning of one round to that of the next; a round that takes longer is followed by the next at once.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Whether the first round comes at once; else it comes after the first interval.</summary>
    public bool BeginsAtOnce { get; init; }

    /// <summary>How long the same trouble is not told again.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Says that the database was away, and why; nothing where others say so.</summary>
    public Action<string> TellAway { get; init; } = static _ => { };

    /// <summary>Says that the hub itself failed.</summary>
    public required Action<Exception> TellFailed { get; init; }
}
