using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Hub.Connectors.Secrets;
using Hub.Fields;
using Hub.Fields.Charsets;

namespace Hub.Connectors.Http;

/// <summary>Turns an answer's bytes into a JSON value: JSON as it is, text as text, anything else as <c>{ "base64": ... }</c>, nothing as null.</summary>
public static class ResponseBody
{
    /// <summary>How deep a JSON body may nest; a deeper one is taken as text.</summary>
    public const int MaxDepth = 256;

    /// <summary>How much of a body an error keeps, in UTF-8 bytes.</summary>
    public const int MaxErrorBytes = 16 * 1024;

    private const int Piece = 3 << 10;

    private static readonly JsonReaderOptions Reading = new() { MaxDepth = MaxDepth };

    /// <summary>The whole body as a value; undefined when it is longer as JSON than the response allows.</summary>
    public static JsonElement Read(OutboundResponse response) =>
        Json.TryBuild(response.MaxJsonBytes, writer => Write(writer, response), out var value) ? value : default;

    /// <summary>Writes the body as one value.</summary>
    /// <returns>What people should know of how it was read; null when there is nothing to tell.</returns>
    public static string? Write(Utf8JsonWriter writer, OutboundResponse response)
    {
        string? note = null;
        var body = response.Body.Span;
        var media = response.MediaType;
        if (body.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else if (IsJson(media) && TryJson(body, out var json))
        {
            writer.WriteRawValue(json, skipInputValidation: true);
        }
        else if (TryText(response, media, out var text))
        {
            LongText.Write(writer, text.Text);
            note = text.NoteOf(IsJson(media) && !Utf8.IsValid(body));
        }
        else
        {
            writer.WriteStartObject();
            writer.WritePropertyName("base64");
            WriteBase64(writer, body);
            writer.WriteEndObject();
        }

        return note;
    }

    /// <summary>Parses a body as JSON whatever its type says.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> body, out JsonElement json)
    {
        json = TryJson(body.Span, out var bytes) ? Json.Parse(bytes) : default;
        return json.ValueKind != JsonValueKind.Undefined;
    }

    /// <summary>The body without a byte order mark when it is JSON that can be read as text.</summary>
    private static bool TryJson(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> json)
    {
        json = body.StartsWith(Encoding.UTF8.Preamble) ? body[3..] : body;
        try
        {
            var reader = new Utf8JsonReader(json, Reading);
            while (reader.Read())
            {
                // Only whether it can be read to its end matters.
            }

            return Utf8.IsValid(json) && Json.IsReadable(json);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void WriteBase64(Utf8JsonWriter writer, ReadOnlySpan<byte> body)
    {
        while (body.Length > Piece)
        {
            writer.WriteBase64StringSegment(body[..Piece], isFinalSegment: false);
            body = body[Piece..];
        }

        writer.WriteBase64StringSegment(body, isFinalSegment: true);
    }

    internal static string MediaTypeOf(string contentType)
    {
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? contentType : contentType[..end]).Trim().ToLowerInvariant();
    }

    /// <summary>The body for an error: masked, and cut to <see cref="MaxErrorBytes"/> as text when it is longer.</summary>
    internal static JsonElement? ForError(OutboundResponse response, IReadOnlyCollection<string> secrets)
    {
        if (response.Body.IsEmpty)
        {
            return null;
        }

        var read = Read(response);
        if (read.ValueKind == JsonValueKind.Undefined)
        {
            return Json.Text($"(longer than {response.MaxJsonBytes} bytes as JSON)");
        }

        var value = SecretMask.Mask(read, secrets);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return Encoding.UTF8.GetByteCount(text) <= MaxErrorBytes ? value : Json.Text(Shorten(text));
    }

    private static string Shorten(string text)
    {
        Span<byte> into = new byte[MaxErrorBytes - 3];
        Utf8.FromUtf16(text, into, out var read, out _, replaceInvalidSequences: true, isFinalBlock: true);
        return text[..Characters.WholeUnits(text, read)] + "…";
    }

    private static bool IsJson(string media) => media is "application/json" or "text/json" || media.EndsWith("+json", StringComparison.Ordinal);

    private static bool IsText(string media) =>
        media.StartsWith("text/", StringComparison.Ordinal)
        || IsJson(media)
        || media.EndsWith("+xml", StringComparison.Ordinal)
        || media
            is "application/xml"
                or "application/x-www-form-urlencoded"
                or "application/javascript"
                or "application/yaml"
                or "application/x-yaml"
                or "application/x-ndjson"
                or "application/graphql"
                or "application/sql"
                or "application/toml";

    private static bool TryText(OutboundResponse response, string media, out DecodedText text)
    {
        var body = response.Body.Span;
        var isText = IsText(media) || (media.Length == 0 && Utf8.IsValid(body) && !body.Contains((byte)0));
        text = isText ? TextDecoder.Decode(body, response.Headers.GetValueOrDefault("content-type")) : default;
        return isText;
    }
}
