using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hub.Connectors.Signatures;

/// <summary>Reads one value of a JSON body by its JSON Pointer, without building a document.</summary>
internal static class BodyPointer
{
    private const int MaxDepth = 16;

    /// <summary>Whether a text is a JSON Pointer to a part of a document.</summary>
    public static bool IsPointer(string text) => text.StartsWith('/') && text.AsSpan().Count('/') <= MaxDepth;

    /// <summary>
    /// A text's value, a number, <c>true</c> or <c>false</c> as written, <c>[]</c> for an empty array; null when there is nothing, null or more.
    /// </summary>
    public static string? Read(ReadOnlySpan<byte> body, string pointer)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            foreach (var segment in Segments(pointer))
            {
                if (!reader.Read() || !Enter(ref reader, segment))
                {
                    return null;
                }
            }

            return reader.Read() ? ValueOf(ref reader) : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, or a text that is not UTF-8: such a body has no fields.
            return null;
        }
    }

    /// <summary>The same for a part of a parsed document; absent, null and anything but a single value are empty.</summary>
    public static string Read(JsonElement element, string pointer)
    {
        foreach (var segment in Segments(pointer))
        {
            if (!TryEnter(element, segment, out element))
            {
                return "";
            }
        }

        return element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
            _ => "",
        };
    }

    /// <summary>The element a pointer leads to.</summary>
    public static bool TryFind(JsonElement element, string pointer, out JsonElement found)
    {
        found = element;
        foreach (var segment in Segments(pointer))
        {
            if (!TryEnter(found, segment, out found))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Segments(string pointer) =>
        pointer.Split('/').Skip(1).Select(static s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

    private static bool TryEnter(JsonElement element, string segment, out JsonElement found)
    {
        found = default;
        return element.ValueKind switch
        {
            JsonValueKind.Object => element.TryGetProperty(segment, out found),
            JsonValueKind.Array when Index(segment) is { } index && index < element.GetArrayLength() => (found = element[index]).ValueKind != JsonValueKind.Undefined,
            _ => false,
        };
    }

    private static bool Enter(ref Utf8JsonReader reader, string segment)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals(segment))
                {
                    return true;
                }

                reader.Skip();
            }
        }

        if (reader.TokenType != JsonTokenType.StartArray || Index(segment) is not { } index)
        {
            return false;
        }

        for (var i = 0; i < index; i++)
        {
            if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
            {
                return false;
            }

            reader.Skip();
        }

        return true;
    }

    private static string? ValueOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.StartArray => reader.Read() && reader.TokenType == JsonTokenType.EndArray ? "[]" : null,
        _ => null,
    };

    private static int? Index(string segment) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
