using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Fields;

namespace Hub.Connectors.Http;

/// <summary>Builds JSON values of few parts, for outputs and errors.</summary>
public static class Json
{
    /// <summary>As deep as a writer goes; how deep outside data may nest is decided where it comes in.</summary>
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 1000 };

    public static JsonElement Null { get; } = Build(static writer => writer.WriteNullValue());

    public static JsonElement Text(string value) => Build(writer => LongText.Write(writer, value));

    public static JsonElement Number(long value) => Build(writer => writer.WriteNumberValue(value));

    public static JsonElement Boolean(bool value) => Build(writer => writer.WriteBooleanValue(value));

    public static JsonElement Object(params ReadOnlySpan<(string Name, JsonElement Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, PlainJson.Writing))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                writer.WritePropertyName(name);
                Copy(writer, value);
            }

            writer.WriteEndObject();
        }

        return Parse(buffer.WrittenSpan);
    }

    /// <summary>What a writer writes, as a value.</summary>
    public static JsonElement Build(Action<Utf8JsonWriter> write) => TryBuild(int.MaxValue, write, out var value) ? value : default;

    /// <summary>What a writer writes, as a value; false when that is more than so many bytes, as soon as it is.</summary>
    public static bool TryBuild(int limit, Action<Utf8JsonWriter> write, out JsonElement value)
    {
        var buffer = new BoundedJson(limit);
        var fits = buffer.TryWrite(write, PlainJson.Writing);
        value = fits ? Parse(buffer.Written) : default;
        return fits;
    }

    /// <summary>Copies a value as it stands.</summary>
    public static void Copy(Utf8JsonWriter writer, JsonElement value) => writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    /// <summary>False when a text holds half a surrogate pair, written as an escape: that parses but cannot be read or sent as text.</summary>
    public static bool IsReadable(JsonElement value)
    {
        return IsReadable(JsonMarshal.GetRawUtf8Value(value));
    }

    /// <inheritdoc cref="IsReadable(JsonElement)"/>
    internal static bool IsReadable(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf("\\ud"u8) < 0 && raw.IndexOf("\\uD"u8) < 0)
        {
            return true;
        }

        return SurrogateEscapes.ArePaired(raw);
    }

    /// <exception cref="JsonException">Not JSON, or nested more than 1000 deep.</exception>
    internal static JsonElement Parse(ReadOnlyMemory<byte> utf8Json) => Parse(utf8Json.Span);

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte})"/>
    internal static JsonElement Parse(ReadOnlySpan<byte> utf8Json) => JsonElement.Parse(utf8Json, Parsing);
}
