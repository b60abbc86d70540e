using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Hub.Storage.Inbox;

namespace Hub.Engine.Bodies;

/// <summary>A delivery's body as workflows see it: JSON as it came, forms as objects, everything else as text.</summary>
public static class TriggerBody
{
    /// <summary>Bodies nested deeper are given to the workflow as text.</summary>
    public const int MaxDepth = 256;

    private static readonly string[] TextTypes = ["text/plain", "text/xml", "application/xml", "text/html", "text/csv"];

    /// <summary>Writes the body as one JSON value. One that was compressed is unpacked; what cannot be, as nobody accepted it here, is text as it is.</summary>
    public static void Write(Utf8JsonWriter writer, Delivery delivery)
    {
        Write(writer, Unpack(delivery).Span, delivery);
    }

    /// <summary>A kept delivery's body, unpacked where it can be.</summary>
    public static ReadOnlyMemory<byte> Unpack(Delivery delivery) =>
        BodyEncoding.Decode(delivery.Body, EncodingOf(delivery.Headers), out var decoded) == BodyVerdict.Readable ? decoded : delivery.Body;

    /// <summary>How many bytes the workflow is given of a delivery whose body may be compressed.</summary>
    public static int SizeOf(Delivery delivery)
    {
        var verdict = BodyEncoding.Measure(delivery.Body, EncodingOf(delivery.Headers), BodyEncoding.MaxDecodedBytes, out var size);
        return verdict == BodyVerdict.Readable ? size : delivery.Body.Length;
    }

    /// <summary>Writes a delivery's body that is unpacked already as one JSON value.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> body, Delivery delivery)
    {
        var contentType = delivery.ContentType;
        if (body.StartsWith("\uFEFF"u8))
        {
            body = body[3..];
        }

        var type = MediaTypeOf(contentType);
        var isText = delivery.Handling.HasFlag(DeliveryHandling.BodyAsText);
        if (body.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else if (!isText && IsReadAsJson(body, type) && JsonScan.Of(body) is not JsonForm.None and var form)
        {
            writer.WriteRawValue(form == JsonForm.WithRepeatedNames ? RepeatedNames.Remove(body) : body, skipInputValidation: true);
        }
        else if (!isText && FieldsOf(body, type, contentType) is { } fields)
        {
            fields.WriteTo(writer);
        }
        else if (Utf8.IsValid(body))
        {
            writer.WriteStringValue(body);
        }
        else
        {
            writer.WriteStringValue(Encoding.UTF8.GetString(body));
        }
    }

    /// <summary>Whether it is read as JSON if it is JSON: an object or array whatever the type says, as many senders name the wrong one; <c>123</c> may be a text or a form's field.</summary>
    private static bool IsReadAsJson(ReadOnlySpan<byte> body, ReadOnlySpan<char> type) =>
        body.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] || !(IsTextType(type) || Is(type, FormBody.MediaType));

    private static FormFields? FieldsOf(ReadOnlySpan<byte> body, ReadOnlySpan<char> type, string? contentType) =>
        Is(type, FormBody.MediaType) ? FormBody.Read(body)
        : Is(type, MultipartBody.MediaType) ? MultipartBody.Read(body, contentType!)
        : null;

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
