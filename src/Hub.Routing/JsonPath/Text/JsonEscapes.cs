using System.Globalization;
using System.Text;

namespace Hub.Routing.JsonPath.Text;

/// <summary>Decodes the escapes of JSON strings that a JSON reader has already accepted.</summary>
internal static class JsonEscapes
{
    private const int EscapeLength = 6;

    /// <summary>Writes the decoded UTF-8, which is never longer than the raw, and returns its length.</summary>
    public static int Decode(ReadOnlySpan<byte> raw, Span<byte> decoded)
    {
        var written = 0;
        while (raw.IndexOf((byte)'\\') is var plain and >= 0)
        {
            raw[..plain].CopyTo(decoded[written..]);
            written += plain;
            raw = raw[plain..];
            if (raw[1] == 'u')
            {
                var rune = DecodeRune(raw, out var read);
                written += rune.EncodeToUtf8(decoded[written..]);
                raw = raw[read..];
            }
            else
            {
                decoded[written++] = Simple(raw[1]);
                raw = raw[2..];
            }
        }

        raw.CopyTo(decoded[written..]);
        return written + raw.Length;
    }

    private static Rune DecodeRune(ReadOnlySpan<byte> escape, out int read)
    {
        read = EscapeLength;
        var unit = HexUnit(escape);
        if (!char.IsSurrogate(unit))
        {
            return new Rune(unit);
        }

        var next = escape[EscapeLength..];
        if (next.Length >= EscapeLength && next[0] == '\\' && next[1] == 'u' && Rune.TryCreate(unit, HexUnit(next), out var pair))
        {
            read = 2 * EscapeLength;
            return pair;
        }

        return Rune.ReplacementChar;
    }

    private static char HexUnit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static byte Simple(byte letter) =>
        letter switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => letter,
        };
}
