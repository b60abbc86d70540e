using System.Text.Json;
using System.Text.Unicode;
using Hub.Fields;
using Hub.Fields.Charsets;
using Hub.Storage.Inbox;

namespace Hub.Engine.Bodies;

/// <summary>A delivery's body as workflows see it: JSON as it came, forms as objects, everything else as text.</summary>
public static class TriggerBody
{
    /// <summary>Bodies nested deeper are given to the workflow as text.</summary>
    public const int MaxDepth = 256;

    private static readonly string[] TextTypes = ["text/plain", "text/xml", "application/xml", "text/html", "text/csv"];

    /// <summary>Writes the body as one JSON value. One that was compressed is unpacked; what cannot be, as nobody accepted it here, is text as it is.</summary>
    /// <returns>What people should know of how it was read; null when there is nothing to tell.</returns>
    public static string? Write(Utf8JsonWriter writer, Delivery delivery) => Write(writer, Unpack(delivery).Span, delivery);

    /// <summary>A kept delivery's body, unpacked where it can be.</summary>
    public static ReadOnlyMemory<byte> Unpack(Delivery delivery) =>
        BodyEncoding.Decode(delivery.Body, EncodingOf(delivery.Headers), out var decoded) == BodyVerdict.Readable ? decoded : delivery.Body;

    /// <summary>The same for a body that should be small: false when what was sent compressed unpacks to more than the limit.</summary>
    public static bool TryUnpack(Delivery delivery, int limit, out ReadOnlyMemory<byte> body)
    {
        var verdict = BodyEncoding.Decode(delivery.Body, EncodingOf(delivery.Headers), limit, null, out body);
        if (verdict is not BodyVerdict.Readable and not BodyVerdict.InflatesTooMuch)
        {
            body = delivery.Body;
        }

        return verdict != BodyVerdict.InflatesTooMuch;
    }

    /// <summary>Writes a delivery's body that is unpacked already as one JSON value.</summary>
    /// <returns>What people should know of how it was read; null when there is nothing to tell.</returns>
    public static string? Write(Utf8JsonWriter writer, ReadOnlySpan<byte> body, Delivery delivery)
    {
        var json = ByteOrderMark.Off(body);
        if (json.IsEmpty)
        {
            writer.WriteNullValue();
            return null;
        }

        if (FormOf(json, delivery) is not JsonForm.None and var form)
        {
            writer.WriteRawValue(form == JsonForm.WithRepeatedNames ? RepeatedNames.Remove(json) : json, skipInputValidation: true);
            return null;
        }

        if (FieldsOf(json, delivery) is { } fields)
        {
            fields.WriteTo(writer);
            return fields.Lossy?.NoteOf(isJson: false);
        }

        if (TextDecoder.IsUtf8(body, delivery.ContentType))
        {
            writer.WriteStringValue(json);
            return null;
        }

        var text = TextDecoder.Decode(body, delivery.ContentType);
        LongText.Write(writer, text.Text);
        return NoteOf(text, body, delivery);
    }

    /// <summary>What <see cref="Write(Utf8JsonWriter, Delivery)"/> has to tell of a delivery, without writing it.</summary>
    public static string? NoteOf(Delivery delivery)
    {
        var body = Unpack(delivery).Span;
        var json = ByteOrderMark.Off(body);
        return json.IsEmpty || FormOf(json, delivery) != JsonForm.None ? null
            : FieldsOf(json, delivery) is { } fields ? fields.Lossy?.NoteOf(isJson: false)
            : TextDecoder.IsUtf8(body, delivery.ContentType) ? null
            : NoteOf(TextDecoder.Decode(body, delivery.ContentType), body, delivery);
    }

    private static string? NoteOf(DecodedText text, ReadOnlySpan<byte> body, Delivery delivery)
    {
        var isJson =
            !IsText(delivery)
            && !Utf8.IsValid(body)
            && (MediaTypeOf(delivery.ContentType).EndsWith("json", StringComparison.OrdinalIgnoreCase) || text.Text.AsSpan().TrimStart() is ['{' or '[', ..]);
        return text.NoteOf(isJson);
    }

    private static bool IsText(Delivery delivery) => delivery.Handling.HasFlag(DeliveryHandling.BodyAsText);

    private static JsonForm FormOf(ReadOnlySpan<byte> body, Delivery delivery) =>
        !IsText(delivery) && IsReadAsJson(body, MediaTypeOf(delivery.ContentType)) ? JsonScan.Of(body) : JsonForm.None;

    /// <summary>
    /// Whether it is read as JSON if it is JSON: an object or array whatever the type says, as many senders name the wrong one; <c>123</c> may be a text or a
    /// form's field.
    /// </summary>
    private static bool IsReadAsJson(ReadOnlySpan<byte> body, ReadOnlySpan<char> type) =>
        body.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] || !(IsTextType(type) || Is(type, FormBody.MediaType));

    private static FormFields? FieldsOf(ReadOnlySpan<byte> body, Delivery delivery)
    {
        var type = MediaTypeOf(delivery.ContentType);
        return IsText(delivery) ? null
            : Is(type, FormBody.MediaType) ? FormBody.Read(body, delivery.ContentType)
            : Is(type, MultipartBody.MediaType) ? MultipartBody.Read(body, delivery.ContentType!)
            : null;
    }

    private static bool IsTextType(ReadOnlySpan<char> type)
    {
        foreach (var text in TextTypes)
        {
            if (Is(type, text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(ReadOnlySpan<char> type, string mediaType) => type.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> MediaTypeOf(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim();
    }

    /// <summary>Looked for as text first: hardly any delivery has it.</summary>
    private static string? EncodingOf(string headers)
    {
        if (!headers.Contains("\"content-encoding\"", StringComparison.Ordinal))
        {
            return null;
        }

        using var document = JsonDocument.Parse(headers);
        return document.RootElement.TryGetProperty("content-encoding", out var value) ? value.GetString() : null;
    }
}
