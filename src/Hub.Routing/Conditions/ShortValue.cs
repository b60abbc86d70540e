using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Hub.Fields;

namespace Hub.Routing.Conditions;

/// <summary>Writes a value into an explanation; what is long is cut and ends in an ellipsis.</summary>
internal static class ShortValue
{
    private const int Length = 200;
    private const int MostBytes = 8 * Length;

    public static void Write(Utf8JsonWriter writer, in Comparand value)
    {
        if (!value.IsList)
        {
            Write(writer, value.Element);
            return;
        }

        // A list is shown by its first items, which together stay within the length.
        writer.WriteStartArray();
        var left = Length;
        foreach (var item in value.Items())
        {
            if (left <= 0)
            {
                writer.WriteStringValue($"… {value.Count} in all");
                break;
            }

            left -= JsonMarshal.GetRawUtf8Value(item).Length + 1;
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (value.ValueKind == JsonValueKind.String)
        {
            writer.WriteStringValue(Characters.Cut(JsonText.Read(value), Length));
        }
        else if (raw.Length <= Length && JsonText.IsSound(raw))
        {
            writer.WriteRawValue(raw, skipInputValidation: true);
        }
        else
        {
            // JSON text is cut by bytes first, as it may be very long; the ellipsis comes last in either case.
            var bytes = WholeBytes(raw, MostBytes);
            writer.WriteStringValue(Characters.Cut(Encoding.UTF8.GetString(raw[..bytes]) + (bytes < raw.Length ? "…" : ""), Length));
        }
    }

    /// <summary>How many of at most so many bytes do not end within a character.</summary>
    private static int WholeBytes(ReadOnlySpan<byte> raw, int most)
    {
        if (raw.Length <= most)
        {
            return raw.Length;
        }

        var end = most;
        while (end > most - 3 && (raw[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return end;
    }
}
