using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Hub.Fields;

namespace Hub.Signatures;

/// <summary>Reads one value of a JSON body by its JSON Pointer, without building a document.</summary>
internal static class BodyPointer
{
    private const int MaxSegments = 16;

    /// <summary>What lies deeper is text to everybody.</summary>
    private static readonly JsonReaderOptions Depth = new() { MaxDepth = 256 };

    /// <summary>Whether a text is a JSON Pointer to a part of a document.</summary>
    public static bool IsPointer(string text) => text.StartsWith('/') && text.AsSpan().Count('/') <= MaxSegments;

    /// <summary>Whether a body is JSON from beginning to end.</summary>
    public static bool IsJson(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(ByteOrderMark.Off(body), Depth);
            while (reader.Read()) { }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>
    /// A text's value, a number, <c>true</c> or <c>false</c> as written, <c>[]</c> for an empty array; null when there is nothing, null or more. Of members
    /// with the same name the last one counts, as everywhere else.
    /// </summary>
    public static string? Read(ReadOnlySpan<byte> body, string pointer) => TryRead(body, pointer, null, out var value) ? value : null;

    /// <summary>
    /// The key of that value; where the pointer goes through an index into an array, of the values of all its elements, whatever the index: a batch is not
    /// another one that has an element in common. So it is for each array on the way.
    /// </summary>
    public static string? KeyOfAll(ReadOnlySpan<byte> body, string pointer)
    {
        var all = new BatchValues();
        return TryRead(body, pointer, all, out _) ? all.KeyOf(body) : null;
    }

    /// <summary>Whether a pointer may go through an array.</summary>
    public static bool HasIndex(string pointer) => Segments(pointer).Any(static segment => Index(segment) is not null);

    /// <param name="all">Takes the values of every element where the pointer names one of them; null when that one alone is meant.</param>
    private static bool TryRead(ReadOnlySpan<byte> body, string pointer, BatchValues? all, out string? value)
    {
        value = null;
        if (!Utf8.IsValid(body))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(ByteOrderMark.Off(body), Depth);
            reader.Read();
            value = ValueAt(ref reader, [.. Segments(pointer)], 0, all);

            // To the end: what breaks off later is no JSON, and has no fields for anybody.
            while (reader.Read()) { }

            return true;
        }
        catch (JsonException)
        {
            // Such a body has no fields.
            value = null;
            return false;
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

    /// <summary>The names on a pointer's way.</summary>
    public static IEnumerable<string> Segments(string pointer) => pointer.Split('/').Skip(1).Select(PointerText.Unescape);

    private static bool TryEnter(JsonElement element, string segment, out JsonElement found)
    {
        found = default;
        return element.ValueKind switch
        {
            JsonValueKind.Object => element.TryGetProperty(segment, out found),
            JsonValueKind.Array when Index(segment) is { } index && index < element.GetArrayLength() => (found = element[index]).ValueKind
                != JsonValueKind.Undefined,
            _ => false,
        };
    }

    /// <summary>Reads the value that the reader stands on to its end.</summary>
    private static string? ValueAt(ref Utf8JsonReader reader, string[] segments, int at, BatchValues? all)
    {
        if (at == segments.Length)
        {
            var value = ValueOf(ref reader);
            all?.Add(value);
            return value;
        }

        var before = all?.Here;
        var found = reader.TokenType switch
        {
            JsonTokenType.StartObject => ValueIn(ref reader, segments, at, all),
            JsonTokenType.StartArray => ElementIn(ref reader, segments, at, all),
            _ => null,
        };
        if (all is not null && all.Here == before)
        {
            // What has no value counts too: a batch with one more element is another.
            all.Add(null);
        }

        return found;
    }

    private static string? ValueIn(ref Utf8JsonReader reader, string[] segments, int at, BatchValues? all)
    {
        string? found = null;
        var before = all?.Here ?? default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = IsNamed(ref reader, segments[at]);
            reader.Read();
            if (isIt)
            {
                all?.ForgetFrom(before);
                found = ValueAt(ref reader, segments, at + 1, all);
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    private static string? ElementIn(ref Utf8JsonReader reader, string[] segments, int at, BatchValues? all)
    {
        string? found = null;
        var wanted = Index(segments[at]);
        var each = wanted is null ? null : all;
        each?.Enter();
        var i = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i == wanted)
            {
                found = ValueAt(ref reader, segments, at + 1, all);
            }
            else if (each is not null)
            {
                ValueAt(ref reader, segments, at + 1, each);
            }
            else
            {
                reader.Skip();
            }
        }

        if (i == 0)
        {
            each?.Add(null);
        }

        each?.Leave();
        return found;
    }

    private static string? ValueOf(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return TextOf(ref reader);
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.StartArray:
                var isEmpty = true;
                for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; isEmpty = false)
                {
                    reader.Skip();
                }

                return isEmpty ? "[]" : null;
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>A text with half a character is none.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A name with half a character is nobody's.</summary>
    private static bool IsNamed(ref Utf8JsonReader reader, string name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>As RFC 6901 writes indexes: without a zero before them, which makes a name of it.</summary>
    private static int? Index(string segment) =>
        (segment.Length == 1 || !segment.StartsWith('0')) && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;
}
