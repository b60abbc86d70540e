using System.Buffers;

namespace Hub.Routing.Schemas.Formats;

/// <summary>URIs of RFC 3986 with a scheme, in ASCII.</summary>
internal static class UriText
{
    private const string Unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string SubDelimiters = "!$&'()*+,;=";

    private static readonly SearchValues<char> Scheme = SearchValues.Create("+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> Host = SearchValues.Create(Unreserved + SubDelimiters + "%");
    private static readonly SearchValues<char> User = SearchValues.Create(Unreserved + SubDelimiters + ":%");
    private static readonly SearchValues<char> Path = SearchValues.Create(Unreserved + SubDelimiters + ":@/%");
    private static readonly SearchValues<char> Query = SearchValues.Create(Unreserved + SubDelimiters + ":@/?%");

    public static bool IsUri(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !char.IsAsciiLetter(text[0]) || text.AsSpan(0, colon).ContainsAnyExcept(Scheme) || !EscapesAreWhole(text))
        {
            return false;
        }

        var rest = text.AsSpan(colon + 1);
        if (rest.IndexOf('#') is var hash and >= 0)
        {
            if (rest[(hash + 1)..].ContainsAnyExcept(Query))
            {
                return false;
            }

            rest = rest[..hash];
        }

        if (rest.IndexOf('?') is var mark and >= 0)
        {
            if (rest[(mark + 1)..].ContainsAnyExcept(Query))
            {
                return false;
            }

            rest = rest[..mark];
        }

        if (rest.StartsWith("//"))
        {
            rest = rest[2..];
            var slash = rest.IndexOf('/');
            if (!IsAuthority(slash < 0 ? rest : rest[..slash]))
            {
                return false;
            }

            rest = slash < 0 ? default : rest[slash..];
        }

        return !rest.ContainsAnyExcept(Path);
    }

    private static bool IsAuthority(ReadOnlySpan<char> text)
    {
        if (text.LastIndexOf('@') is var at and >= 0)
        {
            if (text[..at].ContainsAnyExcept(User))
            {
                return false;
            }

            text = text[(at + 1)..];
        }

        if (text.StartsWith('['))
        {
            var close = text.IndexOf(']');
            return close > 0 && AddressText.IsVersion6(text[1..close]) && IsPort(text[(close + 1)..]);
        }

        var colon = text.IndexOf(':');
        return !(colon < 0 ? text : text[..colon]).ContainsAnyExcept(Host) && IsPort(colon < 0 ? default : text[colon..]);
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text.IsEmpty || (text[0] == ':' && !text[1..].ContainsAnyExceptInRange('0', '9'));

    private static bool EscapesAreWhole(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('%') is var at and >= 0)
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return false;
            }

            text = text[(at + 3)..];
        }

        return true;
    }
}
