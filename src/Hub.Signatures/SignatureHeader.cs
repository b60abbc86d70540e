using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Signatures;

/// <summary>Reads the header that holds the signature, which may be a list of entries and of keyed entries.</summary>
internal static class SignatureHeader
{
    private const int MaxDecoded = 8;

    /// <summary>Whether any signature of the header is the expected one. Unreadable ones do not match.</summary>
    public static bool AnyMatches(ReadOnlySpan<char> header, SignatureProfile profile, ReadOnlySpan<byte> expected)
    {
        var place = profile.Signature;
        if (place.ListSeparator is null)
        {
            return Matches(header, profile, expected);
        }

        var found = false;
        foreach (var range in header.Split(place.ListSeparator))
        {
            var entry = header[range].Trim();
            if (place.Key is { } key && !TryTakeKey(ref entry, key, place.KeySeparator))
            {
                continue;
            }

            found |= Matches(entry, profile, expected);
        }

        return found;
    }

    /// <summary>The signatures of the header as bytes, at most <see cref="MaxDecoded"/>; unreadable ones are left out.</summary>
    public static IEnumerable<byte[]> Decode(string header, SignaturePlace place)
    {
        var entries = place.ListSeparator is { } separator ? header.Split(separator, MaxDecoded + 1).Take(MaxDecoded) : [header];
        foreach (var text in entries)
        {
            var entry = text.AsSpan().Trim();
            if ((place.Key is { } key && !TryTakeKey(ref entry, key, place.KeySeparator)) || !TryTakePrefix(ref entry, place))
            {
                continue;
            }

            var bytes = new byte[entry.Length];
            var length = 0;
            if (
                place.Encoding == ByteEncoding.Hex
                    ? Convert.FromHexString(entry, bytes, out _, out length) == OperationStatus.Done
                    : Convert.TryFromBase64Chars(entry, bytes, out length)
            )
            {
                yield return bytes[..length];
            }
        }
    }

    /// <summary>Counts the entries with a key and gives the value of the last.</summary>
    public static int Find(ReadOnlySpan<char> header, SignaturePlace place, string key, out string? value)
    {
        value = null;
        var count = 0;
        foreach (var range in header.Split(place.ListSeparator))
        {
            var entry = header[range].Trim();
            if (TryTakeKey(ref entry, key, place.KeySeparator))
            {
                value = entry.ToString();
                count++;
            }
        }

        return count;
    }

    private static bool TryTakeKey(ref ReadOnlySpan<char> entry, string key, string separator)
    {
        if (!entry.StartsWith(key, StringComparison.Ordinal) || !entry[key.Length..].StartsWith(separator, StringComparison.Ordinal))
        {
            return false;
        }

        entry = entry[(key.Length + separator.Length)..];
        return true;
    }

    private static bool Matches(ReadOnlySpan<char> text, SignatureProfile profile, ReadOnlySpan<byte> expected)
    {
        var place = profile.Signature;
        Span<byte> given = stackalloc byte[SignatureDigest.MaxBytes];
        return TryTakePrefix(ref text, place)
            && (profile.Algorithm == SignatureAlgorithm.Token ? TryHash(text, place.Encoding, given) : TryDecode(text, place.Encoding, expected.Length, given))
            && CryptographicOperations.FixedTimeEquals(given[..expected.Length], expected);
    }

    private static bool TryTakePrefix(ref ReadOnlySpan<char> text, SignaturePlace place)
    {
        if (!text.StartsWith(place.Prefix, place.PrefixAnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        {
            return place.PrefixOptional;
        }

        text = text[place.Prefix.Length..];
        return true;
    }

    /// <summary>A token's hash, which is what tokens are compared by.</summary>
    private static bool TryHash(ReadOnlySpan<char> text, ByteEncoding encoding, Span<byte> into)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        var read = encoding switch
        {
            ByteEncoding.Utf8 => Encoding.UTF8.TryGetBytes(text, bytes, out length),
            ByteEncoding.Hex => Convert.FromHexString(text, bytes, out _, out length) == OperationStatus.Done,
            _ => Convert.TryFromBase64Chars(text, bytes, out length),
        };
        return read && SHA256.HashData(bytes.AsSpan(0, length), into) > 0;
    }

    private static bool TryDecode(ReadOnlySpan<char> text, ByteEncoding encoding, int length, Span<byte> into)
    {
        if (encoding == ByteEncoding.Hex)
        {
            return text.Length == length * 2 && Convert.FromHexString(text, into, out _, out _) == OperationStatus.Done;
        }

        // One spelling only: the decoder would overlook white space and lost bits in the last digit.
        var size = (length + 2) / 3 * 4;
        Span<char> canonical = stackalloc char[(SignatureDigest.MaxBytes + 2) / 3 * 4];
        return text.Length == size
            && Convert.TryFromBase64Chars(text, into, out var written)
            && written == length
            && Convert.TryToBase64Chars(into[..written], canonical, out _)
            && text.SequenceEqual(canonical[..size]);
    }
}
