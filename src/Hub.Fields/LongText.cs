using System.Text.Json;

namespace Hub.Fields;

/// <summary>Writes the value of a field that may be a long text.</summary>
public static class LongText
{
    private const int Piece = 4096;

    /// <summary>Writes a text of any length within little memory: in one piece a writer sets aside six times its length, and more.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<char> text)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (text.Length <= Piece)
        {
            writer.WriteStringValue(text);
            return;
        }

        while (text.Length > Piece)
        {
            var end = char.IsHighSurrogate(text[Piece - 1]) ? Piece - 1 : Piece;
            writer.WriteStringValueSegment(text[..end], isFinalSegment: false);
            text = text[end..];
        }

        writer.WriteStringValueSegment(text, isFinalSegment: true);
    }
}
