using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Fields;

namespace Hub.Routing.Writing;

/// <summary>Writes values of any size within little memory: in one piece a writer sets aside six times a text's length, and more.</summary>
public static class JsonWriterExtensions
{
    private const int Piece = 4096;

    /// <summary>Writes a text.</summary>
    public static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<char> text) => LongText.Write(writer, text);

    /// <summary>Writes a text that is valid UTF-8.</summary>
    public static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (utf8.Length <= Piece)
        {
            writer.WriteStringValue(utf8);
            return;
        }

        while (utf8.Length > Piece)
        {
            var end = Piece;
            while ((utf8[end] & 0xC0) == 0x80)
            {
                end--;
            }

            writer.WriteStringValueSegment(utf8[..end], isFinalSegment: false);
            utf8 = utf8[end..];
        }

        writer.WriteStringValueSegment(utf8, isFinalSegment: true);
    }

    /// <summary>Whether what was written so far, also what the writer still holds back, stays within so many bytes.</summary>
    /// <exception cref="JsonLimitException">It does not.</exception>
    public static void ThrowIfOver(this Utf8JsonWriter writer, int most)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (writer.BytesCommitted + writer.BytesPending > most)
        {
            throw new JsonLimitException(most);
        }
    }

    /// <summary>Copies a value as it stands.</summary>
    public static void WriteAsItStands(this Utf8JsonWriter writer, JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }
}
