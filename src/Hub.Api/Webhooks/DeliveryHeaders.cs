using System.Buffers;
using System.Text;
using System.Text.Json;
using Hub.Connectors.Secrets;
using Hub.Connectors.Signatures;
using Hub.Engine.Intake;

namespace Hub.Api.Webhooks;

internal static class DeliveryHeaders
{
    /// <summary>The headers as they are kept: names in lower case; values that prove who someone is are masked.</summary>
    public static string ToJson(IHeaderDictionary headers, ISignatureScheme scheme)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, values) in headers)
            {
                var lower = name.ToLowerInvariant();
                writer.WriteString(lower, MaskedHeaders.IsMasked(lower, scheme) ? SecretMask.Replacement : values.ToString());
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
