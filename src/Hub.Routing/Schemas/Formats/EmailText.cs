using System.Buffers;

namespace Hub.Routing.Schemas.Formats;

/// <summary>Mailboxes of RFC 5321: <c>local@domain</c>, the local part quoted or not, the domain a name or an address in brackets.</summary>
internal static class EmailText
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 255;
    private const int LongestLabel = 63;

    private static readonly SearchValues<char> Atom = SearchValues.Create("!#$%&'*+-/=?^_`{|}~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return at is > 0 and <= LongestLocal && IsLocal(text.AsSpan(0, at)) && IsDomain(text.AsSpan(at + 1));
    }

    private static bool IsLocal(ReadOnlySpan<char> text)
    {
        if (text is ['"', .. var quoted, '"'])
        {
            return IsQuoted(quoted);
        }

        foreach (var part in text.Split('.'))
        {
            if (text[part].IsEmpty || text[part].ContainsAnyExcept(Atom))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsQuoted(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            i +=
                text[i] == '\\' ? 1
                : text[i] == '"' ? text.Length
                : 0;
            if (i >= text.Length || text[i] is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> text)
    {
        const string Tag = "IPv6:";
        if (text is ['[', .. var address, ']'])
        {
            return address.StartsWith(Tag, StringComparison.OrdinalIgnoreCase)
                ? AddressText.IsVersion6(address[Tag.Length..])
                : AddressText.IsVersion4(address);
        }

        if (text.Length is 0 or > LongestDomain)
        {
            return false;
        }

        foreach (var part in text.Split('.'))
        {
            if (!IsLabel(text[part]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestLabel || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}
