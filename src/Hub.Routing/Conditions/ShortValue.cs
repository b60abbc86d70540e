using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Hub.Routing.Conditions;

/// <summary>Writes a value into an explanation; what is long is cut and ends in an ellipsis.</summary>
internal static class ShortValue
{
    private const int Length = 200;

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
            writer.WriteStringValue(Cut(JsonText.Read(value)));
        }
        else if (raw.Length <= Length && JsonText.IsSound(raw))
        {
            writer.WriteRawValue(raw, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(Cut(Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, 4 * Length)])));
        }
    }

    private static string Cut(string text) => text.Length <= Length ? text : string.Concat(JsonText.Cut(text, Length), "…");
}
