using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Hub.Storage.Inbox;
using Microsoft.AspNetCore.WebUtilities;

namespace Hub.Engine.Executions;

/// <summary>The <c>trigger</c> part of the run context, made from a raw delivery.</summary>
public static class TriggerJson
{
    /// <summary>Bodies nested deeper are given to the workflow as text.</summary>
    public const int MaxBodyDepth = 256;

    private static readonly string[] TextTypes = ["text/plain", "text/xml", "application/xml", "text/html", "text/csv"];

    /// <summary>Writes <c>{ body, headers, query, method, receivedAt, deliveryId }</c>.</summary>
    public static void Write(Utf8JsonWriter writer, Delivery delivery)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("body");
        WriteBody(writer, delivery.Body, delivery.ContentType);
        writer.WritePropertyName("headers");
        writer.WriteRawValue(delivery.Headers, skipInputValidation: true);
        writer.WriteStartObject("query");
        foreach (var (name, values) in QueryHelpers.ParseQuery(delivery.Query))
        {
            writer.WriteString(WellFormed(name), WellFormed(values.ToString()));
        }

        writer.WriteEndObject();
        writer.WriteString("method", delivery.Method);
        writer.WriteString("receivedAt", delivery.ReceivedAt);
        writer.WriteString("deliveryId", delivery.Id);
        writer.WriteEndObject();
    }

    /// <summary>Writes the value given by hand as if it had been posted.</summary>
    public static void WriteManual(Utf8JsonWriter writer, string? input, DateTimeOffset createdAt)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("body");
        writer.WriteRawValue(string.IsNullOrEmpty(input) ? "{}" : input, skipInputValidation: true);
        writer.WriteStartObject("headers");
        writer.WriteEndObject();
        writer.WriteStartObject("query");
        writer.WriteEndObject();
        writer.WriteString("receivedAt", createdAt);
        writer.WriteEndObject();
    }

    /// <summary>JSON as it came, when it is JSON and not said to be text; everything else as a string.</summary>
    public static void WriteBody(Utf8JsonWriter writer, ReadOnlySpan<byte> body, string? contentType)
    {
        if (body.StartsWith("\uFEFF"u8))
        {
            body = body[3..];
        }

        if (body.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else if (!IsTextType(contentType) && IsJson(body))
        {
            writer.WriteRawValue(body, skipInputValidation: true);
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

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxBodyDepth });
            while (reader.Read())
            {
                // Only whether it can be read to its end matters.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsTextType(string? contentType)
    {
        if (contentType is null)
        {
            return false;
        }

        var end = contentType.IndexOf(';');
        var type = (end < 0 ? contentType : contentType[..end]).Trim();
        return Array.Exists(TextTypes, text => text.Equals(type, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Lone surrogates, which a percent-encoded query can hold, become U+FFFD.</summary>
    private static string WellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != OperationStatus.Done)
            {
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            }

            rest = rest[consumed..];
        }

        return text;
    }
}
