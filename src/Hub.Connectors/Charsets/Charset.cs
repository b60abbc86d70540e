using System.Text;

namespace Hub.Connectors.Charsets;

/// <summary>How bytes are read as text. What has no meaning in it becomes U+FFFD.</summary>
public sealed class Charset
{
    private readonly Lazy<Encoding?> _encoding;
    private readonly Lazy<char[]> _upper;

    internal Charset(string name, int page)
    {
        Name = name;
        IsUtf8 = page == 65001;
        IsBytewise = page is not (65001 or 1200 or 1201);
        _encoding = new(() => IsSingleByte(page) ? null : CodePages.Get(page));
        _upper = new(() => SingleByteTables.Make(name, page));
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

    private static bool IsSingleByte(int page) =>
        page is 0 or 866 or 874 or 20866 or 21866 or 10000 or 10017 or (>= 1250 and <= 1258) or (>= 28592 and <= 28605);

    private readonly ref struct Source(ReadOnlySpan<byte> bytes, char[] upper)
    {
        public ReadOnlySpan<byte> Bytes { get; } = bytes;

        public char[] Upper { get; } = upper;
    }
}
