using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Hub.Signatures.Certificates;

/// <summary>Addresses in requests that are called only at a provider's own hosts.</summary>
public static class PinnedAddress
{
    private const int MaxLength = 2048;
    private const int MaxPatternLength = 253;

    private static readonly SearchValues<char> Label = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether a text is such an address: HTTPS at the usual port of one of the hosts, or below one of the origins.</summary>
    public static bool TryRead(string? text, IReadOnlyList<string> hosts, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        if (
            text is not { Length: > 0 and <= MaxLength }
            || text.AsSpan().ContainsAnyExceptInRange('!', '~')
            || !Uri.TryCreate(text, UriKind.Absolute, out var given)
        )
        {
            return false;
        }

        address = IsAllowed(given, hosts) ? given : null;
        return address is not null;
    }

    /// <summary>Whether an address that was read before, or led to by a redirect, is one of the hosts'.</summary>
    public static bool IsAllowed(Uri address, IReadOnlyList<string> hosts) =>
        address is { UserInfo: "", Fragment: "" }
        && hosts.Any(host =>
            IsOrigin(host)
                ? address.GetLeftPart(UriPartial.Authority).Equals(host, StringComparison.OrdinalIgnoreCase)
                : address.Scheme == Uri.UriSchemeHttps && address.Port == 443 && Matches(address.IdnHost.ToLowerInvariant(), host)
        );

    /// <summary>Whether a text can stand for hosts.</summary>
    public static bool IsPattern(string text) =>
        IsOrigin(text)
            ? Uri.TryCreate(text, UriKind.Absolute, out var origin) && origin.GetLeftPart(UriPartial.Authority) == text
            : text.Length is > 0 and <= MaxPatternLength
                && text.Split('.') is { Length: >= 2 } labels
                && !labels[^1].Contains('*', StringComparison.Ordinal)
                && !labels[^2].Contains('*', StringComparison.Ordinal)
                && Array.TrueForAll(labels, static label =>
                    label.Length > 0 && label.AsSpan().Count('*') <= 1 && !label.Replace("*", "", StringComparison.Ordinal).AsSpan().ContainsAnyExcept(Label)
                );

    /// <summary>Whether a name in lower case is one that a pattern stands for.</summary>
    public static bool Matches(string name, string pattern)
    {
        var (names, patterns) = (name.Split('.'), pattern.Split('.'));
        if (names.Length != patterns.Length)
        {
            return false;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (!MatchesLabel(names[i], patterns[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOrigin(string text) => text.Contains("://", StringComparison.Ordinal);

    private static bool MatchesLabel(string label, string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? label == pattern
            : label.Length >= pattern.Length
                && label.StartsWith(pattern[..star], StringComparison.Ordinal)
                && label.EndsWith(pattern[(star + 1)..], StringComparison.Ordinal)
                && !label.AsSpan().ContainsAnyExcept(Label);
    }
}
