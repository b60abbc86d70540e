namespace Hub.Engine.Intake;

/// <summary>A Source's secrets in the clear: first those that do not expire, the newest leading, then the others, the longest-lived leading.</summary>
public sealed class LiveSecrets
{
    private readonly string[] _texts;
    private readonly Guid[] _ids;
    private readonly DateTimeOffset[] _ends;

    /// <param name="secrets">In any order.</param>
    public LiveSecrets(IEnumerable<LiveSecret> secrets)
    {
        var ordered = secrets.OrderByDescending(static secret => secret.ExpiresAt ?? DateTimeOffset.MaxValue).ThenByDescending(static secret => secret.CreatedAt).ToList();
        _texts = [.. ordered.Select(static secret => secret.Text)];
        _ids = [.. ordered.Select(static secret => secret.Id)];
        _ends = [.. ordered.Select(static secret => secret.ExpiresAt ?? DateTimeOffset.MaxValue)];
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
}

/// <summary>One secret in the clear.</summary>
/// <param name="ExpiresAt">Null when it holds until it is removed.</param>
public readonly record struct LiveSecret(Guid Id, string Text, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    // A record would print the secret.
    public override string ToString() => Id.ToString();
}
