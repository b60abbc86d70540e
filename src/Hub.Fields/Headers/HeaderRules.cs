using System.Buffers;
using System.Collections.Frozen;

namespace Hub.Fields.Headers;

/// <summary>What a header may look like, and which headers belong to the hub (RFC 9110, sections 5.1, 5.5 and 7.6.1).</summary>
public static class HeaderRules
{
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Headers that describe the connection or frame the message: theirs is decided here, not by a workflow.</summary>
    private static readonly FrozenSet<string> Framing = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "keep-alive",
        "proxy-connection",
        "upgrade",
        "te",
        "trailer",
        "expect"
    );

    public static bool IsName(ReadOnlySpan<char> name) => name.Length is > 0 and <= 256 && !name.ContainsAnyExcept(Token);

    /// <summary>No line breaks, no NUL and no other control character, which could start another header.</summary>
    public static bool IsValue(ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            if (char.IsControl(c) && c != '\t')
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsFraming(string name) => Framing.Contains(name);
}
