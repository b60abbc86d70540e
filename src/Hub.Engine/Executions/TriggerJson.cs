using System.Text;
using System.Text.Json;
using Hub.Engine.Bodies;
using Hub.Storage.Inbox;

namespace Hub.Engine.Executions;

/// <summary>The <c>trigger</c> part of the run context, made from a raw delivery.</summary>
public static class TriggerJson
{
    /// <summary>Writes <c>{ body, headers, query, method, receivedAt, deliveryId }</c>, and a <c>bodyNote</c> where there is something to tell.</summary>
    /// <param name="readable">The body unpacked; null when nobody has done it yet.</param>
    public static void Write(Utf8JsonWriter writer, Delivery delivery, ReadOnlyMemory<byte>? readable = null)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("body");
        if ((readable is { } body ? TriggerBody.Write(writer, body.Span, delivery) : TriggerBody.Write(writer, delivery)) is { } note)
        {
            writer.WriteString("bodyNote", note);
        }

        writer.WritePropertyName("headers");
        writer.WriteRawValue(delivery.Headers, skipInputValidation: true);
        writer.WritePropertyName("query");
        QueryFields.Write(writer, delivery.Query);
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
        writer.WriteRawValue(string.IsNullOrEmpty(input) ? "{}"u8 : RepeatedNames.RemoveIfAny(Encoding.UTF8.GetBytes(input)), skipInputValidation: true);
        writer.WriteStartObject("headers");
        writer.WriteEndObject();
        writer.WriteStartObject("query");
        writer.WriteEndObject();
        writer.WriteString("receivedAt", createdAt);
        writer.WriteEndObject();
    }
}
