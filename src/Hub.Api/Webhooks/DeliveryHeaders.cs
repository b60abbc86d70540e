using System.Buffers;
using System.Text;
using System.Text.Json;
using Hub.Connectors.Secrets;
using Hub.Engine.Intake;
using Hub.Fields;

namespace Hub.Api.Webhooks;

internal static class DeliveryHeaders
{
    /// <summary>The headers as they are kept: names in lower case; values that prove who someone is are masked.</summary>
    public static string ToJson(IHeaderDictionary headers, ReceivingSource source)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, PlainJson.Writing))
        {
            writer.WriteStartObject();
            foreach (var (name, values) in headers)
            {
                var value = values.ToString();
                writer.WriteString(name.ToLowerInvariant(), MaskedHeaders.IsMasked(name, value, source) ? SecretMask.Replacement : value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The type as it is kept besides.</summary>
    public static string? ContentTypeOf(HttpRequest request, ReceivingSource source) =>
        request.ContentType is { } type && source.Secrets.IsIn(type) ? SecretMask.Replacement : request.ContentType;
}
