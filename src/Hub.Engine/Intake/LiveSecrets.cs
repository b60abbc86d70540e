namespace Hub.Engine.Intake;

/// <summary>A Source's secrets in the clear: first those that do not expire, the newest leading, then the others, the longest-lived leading.</summary>
public sealed class LiveSecrets
{
    private readonly string[] _texts;
    private readonly Guid[] _ids;
    private readonly DateTimeOffset[] _ends;
    private readonly DateTimeOffset _unreadableUntil;

    /// <param name="secrets">In any order.</param>
    public LiveSecrets(IEnumerable<LiveSecret> secrets)
    {
        var ordered = secrets.OrderByDescending(EndOf).ThenByDescending(static secret => secret.CreatedAt).ToLookup(static secret => secret.Text is not null);
        _texts = [.. ordered[true].Select(static secret => secret.Text!)];
        _ids = [.. ordered[true].Select(static secret => secret.Id)];
        _ends = [.. ordered[true].Select(EndOf)];
        _unreadableUntil = ordered[false].Select(EndOf).FirstOrDefault(DateTimeOffset.MinValue);
    }

    public static LiveSecrets None { get; } = new([]);

    /// <summary>Those that are accepted at that time. Since the expired ones come last, their places are those of <see cref="IdOf"/>.</summary>
    public IReadOnlyList<string> At(DateTimeOffset time)
    {
        var live = _texts.Length;
        while (live > 0 && _ends[live - 1] <= time)
        {
            live--;
        }

        return live == _texts.Length ? _texts : _texts[..live];
    }

    /// <param name="index">A place in what <see cref="At"/> gave.</param>
    public Guid IdOf(int index) => _ids[index];

    /// <summary>Whether there is one that would be accepted at that time but cannot be decrypted: a request may be signed with it.</summary>
    public bool HasUnreadableAt(DateTimeOffset time) => time < _unreadableUntil;

    private static DateTimeOffset EndOf(LiveSecret secret) => secret.ExpiresAt ?? DateTimeOffset.MaxValue;
}

/// <summary>One secret in the clear.</summary>
/// <param name="Text">Null when it cannot be decrypted.</param>
/// <param name="ExpiresAt">Null when it holds until it is removed.</param>
public readonly record struct LiveSecret(Guid Id, string? Text, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    // A record would print the secret.
    public override string ToString() => Id.ToString();
}
