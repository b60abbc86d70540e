using System.Collections.Frozen;
using System.Text;

namespace Hub.Fields.Charsets;

/// <summary>How bytes are read as text. What has no meaning in it becomes U+FFFD.</summary>
public sealed class Charset
{
    private readonly Lazy<Encoding?> _encoding;
    private readonly Lazy<char[]> _upper;
    private readonly Lazy<FrozenDictionary<char, byte>> _bytes;

    internal Charset(string name, int page)
    {
        Name = name;
        IsUtf8 = page == 65001;
        IsBytewise = page is not (65001 or 1200 or 1201);
        _encoding = new(() => IsSingleByte(page) ? null : CodePages.Get(page));
        _upper = new(() => SingleByteTables.Make(name, page));
        _bytes = new(() =>
            _upper
                .Value.Index()
                .Where(static pair => pair.Item != '\uFFFD')
                .ToFrozenDictionary(static pair => pair.Item, static pair => (byte)(pair.Index + 0x80))
        );
    }

    public static Charset Utf8 { get; } = CharsetLabels.Find("utf-8")!;

    internal static Charset Utf16 { get; } = CharsetLabels.Find("utf-16le")!;

    internal static Charset Utf16BigEndian { get; } = CharsetLabels.Find("utf-16be")!;

    /// <summary>As the Encoding standard calls it, in lower case.</summary>
    public string Name { get; }

    internal bool IsUtf8 { get; }

    /// <summary>Neither UTF-8 nor UTF-16: bytes below 0x80 that stand alone are ASCII.</summary>
    public bool IsBytewise { get; }

    internal string Decode(ReadOnlySpan<byte> bytes)
    {
        if (_encoding.Value is { } encoding)
        {
            return encoding.GetString(bytes);
        }

        return string.Create(bytes.Length, new Source(bytes, _upper.Value), static (text, from) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = from.Bytes[i] < 0x80 ? (char)from.Bytes[i] : from.Upper[from.Bytes[i] - 0x80];
            }
        });
    }

    /// <summary>Null when the charset has not all of the characters.</summary>
    internal byte[]? Encode(string text)
    {
        if (_encoding.Value is { } encoding)
        {
            try
            {
                return encoding.GetBytes(text);
            }
            catch (EncoderFallbackException)
            {
                return null;
            }
        }

        var bytes = new byte[text.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (text[i] >= 0x80 && !_bytes.Value.TryGetValue(text[i], out bytes[i]))
            {
                return null;
            }

            bytes[i] = text[i] < 0x80 ? (byte)text[i] : bytes[i];
        }

        return bytes;
    }

    private static bool IsSingleByte(int page) =>
        page is 0 or 866 or 874 or 20866 or 21866 or 10000 or 10017 or (>= 1250 and <= 1258) or (>= 28592 and <= 28605);

    private readonly ref struct Source(ReadOnlySpan<byte> bytes, char[] upper)
    {
        public ReadOnlySpan<byte> Bytes { get; } = bytes;

        public char[] Upper { get; } = upper;
    }
}
