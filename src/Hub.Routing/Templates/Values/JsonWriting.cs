using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Running;
using Hub.Routing.Writing;

namespace Hub.Routing.Templates.Values;

/// <summary>Writes values as JSON.</summary>
internal static class JsonWriting
{
    private const int SmallSource = 16 << 10;

    /// <summary><paramref name="relaxed"/>: only what JSON demands is escaped, else also what HTML would misread.</summary>
    public static string ToJson(RenderState state, object? value, bool relaxed)
    {
        // No UTF-16 code unit takes more than three bytes, so this is never too little.
        var buffer = new JsonBuffer(256);
        buffer.Reset((int)Math.Min(3L * state.Limits.StringLength, int.MaxValue));
        try
        {
            WriteTo(buffer, state, value, relaxed);
        }
        catch (JsonLimitException)
        {
            throw state.Reached(nameof(TemplateLimits.StringLength), state.Limits.StringLength);
        }

        return state.Charged(Encoding.UTF8.GetString(buffer.Written));
    }

    private static void WriteTo(JsonBuffer buffer, RenderState state, object? value, bool relaxed)
    {
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new JsonWriterOptions
                {
                    Encoder = relaxed ? PlainJson.Encoder : JavaScriptEncoder.Default,
                    SkipValidation = true,
                    MaxDepth = int.MaxValue,
                }
            )
        )
        {
            Write(state, writer, value, 1);
        }
    }

    /// <summary>The text as the inside of a JSON string literal.</summary>
    public static string Escape(string text) => PlainJson.Encoder.Encode(text);

    public static void Write(RenderState state, Utf8JsonWriter writer, object? value, int depth)
    {
        switch (value)
        {
            case null or EmptyValue:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteText(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case JsonObject { Untouched: { } source } when JsonReading.IsWellFormed(source):
                Copy(state, writer, source);
                break;
            case ArrayValue { Untouched: { } source } when JsonReading.IsWellFormed(source):
                Copy(state, writer, source);
                break;
            case ListValue list:
                Formatting.CheckDepth(state, depth);
                writer.WriteStartArray();
                for (var i = 0; i < list.Count; i++)
                {
                    Write(state, writer, list[i], depth + 1);
                }

                writer.WriteEndArray();
                break;
            case ObjectValue members:
                Formatting.CheckDepth(state, depth);
                writer.WriteStartObject();
                foreach (var (name, member) in members.Members)
                {
                    Checked(state, writer);
                    writer.WritePropertyName(name);
                    Write(state, writer, member, depth + 1);
                }

                writer.WriteEndObject();
                break;
            default:
                WriteScalar(state, writer, value);
                break;
        }
    }

    private static void WriteScalar(RenderState state, Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(Numbers.Finite(state, number));
                break;
            case float number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case WrittenNumber number:
                writer.WriteRawValue(number.Text, skipInputValidation: true);
                break;
            case BigInteger number:
                writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case DateValue date:
                writer.WriteStringValue(DateText(date));
                break;
            case TimeSpan span:
                writer.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture));
                break;
            default:
                throw state.Error($"A value of kind `{Formatting.KindOf(value)}` cannot be written as JSON");
        }
    }

    /// <summary>ISO 8601 with the offset, so that the instant is not lost.</summary>
    internal static string DateText(DateValue date) =>
        date.Clock.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)
        + (date.Offset == TimeSpan.Zero ? "Z" : DateFormatting.OffsetText(date));

    /// <summary>For a text of the template the JSON is written anew, without blanks; a writer of the caller's own is given it as it stands.</summary>
    private static void Copy(RenderState state, Utf8JsonWriter writer, JsonElement source)
    {
        Checked(state, writer);
        if (!writer.Options.SkipValidation)
        {
            writer.WriteAsItStands(source);
        }
        else if (JsonMarshal.GetRawUtf8Value(source).Length <= SmallSource)
        {
            source.WriteTo(writer);
        }
        else
        {
            CopyParts(state, writer, source);
        }
    }

    // Long texts are not handed over whole: see WriteText.
    private static void CopyParts(RenderState state, Utf8JsonWriter writer, JsonElement source)
    {
        state.EnsureStack();
        switch (source.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in source.EnumerateObject())
                {
                    writer.WritePropertyName(JsonReading.NameOf(member));
                    Copy(state, writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in source.EnumerateArray())
                {
                    Copy(state, writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteText(JsonReading.TextOf(source));
                break;
            default:
                source.WriteTo(writer);
                break;
        }
    }

    private static void Checked(RenderState state, Utf8JsonWriter writer)
    {
        if (writer.BytesCommitted + writer.BytesPending > 4L * state.Limits.OutputLength)
        {
            throw state.Reached(nameof(TemplateLimits.OutputLength), state.Limits.OutputLength);
        }
    }
}
