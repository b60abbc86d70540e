using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hub.Connectors.Http;

/// <summary>Builds JSON values of few parts, for outputs and errors.</summary>
public static class Json
{
    /// <summary>As deep as a writer goes; how deep outside data may nest is decided where it comes in.</summary>
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 1000 };

    // Not meant for HTML, so only what JSON demands is escaped.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Null { get; } = Build(static writer => writer.WriteNullValue());

    public static JsonElement Text(string value) => Build(writer => writer.WriteStringValue(value));

    public static JsonElement Number(long value) => Build(writer => writer.WriteNumberValue(value));

    public static JsonElement Boolean(bool value) => Build(writer => writer.WriteBooleanValue(value));

    public static JsonElement Object(params ReadOnlySpan<(string Name, JsonElement Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Parse(buffer.WrittenMemory);
    }

    /// <summary>What a writer writes, as a value.</summary>
    public static JsonElement Build(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            write(writer);
        }

        return Parse(buffer.WrittenMemory);
    }

    /// <summary>False when a text holds half a surrogate pair, written as an escape: that parses but cannot be read or sent as text.</summary>
    public static bool IsReadable(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.IndexOf("\\ud"u8) < 0 && raw.IndexOf("\\uD"u8) < 0)
        {
            return true;
        }

        try
        {
            Build(value.WriteTo);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <exception cref="JsonException">Not JSON, or nested more than 1000 deep.</exception>
    internal static JsonElement Parse(ReadOnlyMemory<byte> utf8Json)
    {
        using var document = JsonDocument.Parse(utf8Json, Parsing);
        return document.RootElement.Clone();
    }
}
