using System.Buffers;
using System.Text;

namespace Hub.Signatures.Doctor;

/// <summary>Other spellings of a signature's text that senders fall into.</summary>
internal static class SignatureSpelling
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    public static readonly (Func<string, string> Rewrite, ByteEncoding Encoding, string What)[] Rewrites =
    [
        (FromUrlAlphabet, ByteEncoding.Base64, "in the URL alphabet of base64 or without its padding"),
        (FromBase64OfHex, ByteEncoding.Hex, "the hex digits were written in base64 once more"),
        (Bare, ByteEncoding.Hex, "with quotes, white space or 0x around it"),
        (Bare, ByteEncoding.Base64, "with quotes or white space around it"),
    ];

    /// <summary>Rewrites each signature of a header, leaving keys, prefixes and other entries alone.</summary>
    public static string Rewrite(string header, SignaturePlace place, Func<string, string> rewrite)
    {
        if (place.ListSeparator is not { } separator)
        {
            return One(header, place.Prefix, rewrite);
        }

        return string.Join(
            separator,
            header
                .Split(separator)
                .Select(entry =>
                    place.Key is not { } key ? One(entry, place.Prefix, rewrite)
                    : entry.Trim() is var trimmed && trimmed.StartsWith(key + place.KeySeparator, StringComparison.Ordinal)
                        ? One(trimmed, key + place.KeySeparator + place.Prefix, rewrite)
                    : entry
                )
        );
    }

    private static string One(string text, string prefix, Func<string, string> rewrite) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? prefix + rewrite(text[prefix.Length..]) : text;

    private static string FromUrlAlphabet(string text)
    {
        var bare = text.Trim().TrimEnd('=').Replace('-', '+').Replace('_', '/');
        return bare + new string('=', (4 - (bare.Length % 4)) % 4);
    }

    private static string FromBase64OfHex(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && bytes.AsSpan(0, length).IndexOfAnyExcept(HexDigits) < 0
            ? Encoding.ASCII.GetString(bytes, 0, length)
            : text;
    }

    private static string Bare(string text)
    {
        var bare = text.Trim(' ', '\t', '"', '\'', '\r', '\n');
        return bare.StartsWith("0x", StringComparison.Ordinal) ? bare[2..] : bare;
    }
}
