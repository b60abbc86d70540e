using Hub.Connectors.Secrets;
using Hub.Signatures.Doctor;

namespace Hub.Engine.Intake;

/// <summary>A Source's secrets in the clear: first those that do not expire, the newest leading, then the others, the longest-lived leading.</summary>
public sealed class LiveSecrets
{
    /// <summary>The shortest one that is looked for inside texts, in characters.</summary>
    private const int LeastInside = 8;
    private const string Prefix = "whsec_";

    private readonly string[] _texts;
    private readonly string[] _short;
    private readonly Guid[] _ids;
    private readonly DateTimeOffset[] _ends;
    private readonly DateTimeOffset _unreadableUntil;
    private SecretMask? _mask;

    /// <param name="secrets">In any order.</param>
    public LiveSecrets(IEnumerable<LiveSecret> secrets)
    {
        var ordered = secrets.OrderByDescending(EndOf).ThenByDescending(static secret => secret.CreatedAt).ToLookup(static secret => secret.Text is not null);
        _texts = [.. ordered[true].Select(static secret => secret.Text!)];
        _short = [.. _texts.Where(static text => text.Length is > 0 and < LeastInside)];
        _ids = [.. ordered[true].Select(static secret => secret.Id)];
        _ends = [.. ordered[true].Select(EndOf)];
        _unreadableUntil = ordered[false].Select(EndOf).FirstOrDefault(DateTimeOffset.MinValue);
    }

    public static LiveSecrets None { get; } = new([]);

    /// <summary>Hides them in what is shown of requests, also those that have expired, but for short ones. Made when it is first asked for.</summary>
    public SecretMask Mask =>
        _mask ??= _texts.Length == 0 ? SecretMask.None : new SecretMask(_texts.SelectMany(WaysToWrite).Where(static text => text.Length >= LeastInside));

    /// <summary>Whether a text is one of them, or holds one. Short ones occur in other words, so they must be the whole text or its last word.</summary>
    public bool IsIn(string text)
    {
        foreach (var secret in _short)
        {
            if (text.EndsWith(secret, StringComparison.Ordinal) && (text.Length == secret.Length || text[^(secret.Length + 1)] == ' '))
            {
                return true;
            }
        }

        return Mask.IsIn(text);
    }

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

    /// <summary>Those that were accepted and are no more at that time, as far as they are still kept; those that ended last lead.</summary>
    public IReadOnlyList<EndedSecret> EndedAt(DateTimeOffset time) =>
        [.. Enumerable.Range(0, _texts.Length).Where(i => _ends[i] <= time).Select(i => new EndedSecret(_texts[i], _ends[i]))];

    /// <param name="index">A place in what <see cref="At"/> gave.</param>
    public Guid IdOf(int index) => _ids[index];

    /// <summary>Whether there is one that would be accepted at that time but cannot be decrypted: a request may be signed with it.</summary>
    public bool HasUnreadableAt(DateTimeOffset time) => time < _unreadableUntil;

    /// <summary>Senders also give a secret without what stands before it: <c>whsec_</c>, <c>verify:</c>, the user of <c>user:password</c>.</summary>
    private static IEnumerable<string> WaysToWrite(string secret) =>
        secret.StartsWith(Prefix, StringComparison.Ordinal)
            ? [secret, secret[Prefix.Length..]]
            : [secret, secret[(secret.IndexOf(':', StringComparison.Ordinal) + 1)..]];

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
