using System.Text;
using System.Text.Unicode;

namespace Hub.Fields.Charsets;

/// <summary>
/// Reads bytes as text: by their byte order mark, else by the charset that their Content-Type names, else as UTF-8. A text takes at most two bytes for each
/// byte that it is read from.
/// </summary>
public static class TextDecoder
{
    internal const string LossyNote = " Bytes that mean nothing in that charset stand as U+FFFD: let the sender name the charset in Content-Type.";

    /// <summary>What may stand around a label.</summary>
    private const string Around = " \t\r\n\f\"'";

    /// <summary>The charset with this label; null when it is not known.</summary>
    public static Charset? Find(string label) => CharsetLabels.Find(label.AsSpan().Trim(Around).ToString());

    /// <summary>The charset that a Content-Type names; null when it names none that is known.</summary>
    public static Charset? NamedIn(string? contentType) => LabelIn(contentType) is { } label ? CharsetLabels.Find(label) : null;

    /// <summary>Whether bytes are UTF-8 and nothing says that they are not.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes, string? contentType) => CharsetOf(bytes, contentType, null, out _).IsUtf8 && Utf8.IsValid(bytes);

    /// <param name="otherwise">What it is read in when nothing is said of it; UTF-8 when null.</param>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? contentType, Charset? otherwise = null)
    {
        var charset = CharsetOf(bytes, contentType, otherwise, out var mark);
        return Decode(charset, bytes[mark..]);
    }

    /// <summary>Reads bytes in one charset, whatever they begin with.</summary>
    public static DecodedText Decode(Charset charset, ReadOnlySpan<byte> bytes)
    {
        if (charset.IsUtf8)
        {
            return new(Encoding.UTF8.GetString(bytes), charset, !Utf8.IsValid(bytes));
        }

        var text = charset.Decode(bytes);
        return new(text, charset, text.Contains('\uFFFD', StringComparison.Ordinal));
    }

    private static Charset CharsetOf(ReadOnlySpan<byte> bytes, string? contentType, Charset? otherwise, out int mark)
    {
        (mark, var marked) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (3, Charset.Utf8),
            [0xFF, 0xFE, ..] => (2, Charset.Utf16),
            [0xFE, 0xFF, ..] => (2, Charset.Utf16BigEndian),
            _ => (0, null),
        };
        return marked ?? NamedIn(contentType) ?? otherwise ?? Charset.Utf8;
    }

    /// <summary>Read leniently: what is wrong elsewhere in a Content-Type does not matter here.</summary>
    internal static string? LabelIn(string? contentType)
    {
        var rest = contentType.AsSpan();
        while (rest.IndexOf(';') is var semicolon and >= 0)
        {
            rest = rest[(semicolon + 1)..].TrimStart();
            if (rest.StartsWith("charset", StringComparison.OrdinalIgnoreCase) && rest[7..].TrimStart() is ['=', .. var value])
            {
                var end = value.IndexOf(';');
                return (end < 0 ? value : value[..end]).Trim(Around).ToString();
            }
        }

        return null;
    }
}
