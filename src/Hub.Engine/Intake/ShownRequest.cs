using System.Buffers;
using System.Text;
using System.Text.Json;
using Hub.Connectors.Secrets;
using Hub.Fields;
using Hub.Signatures;
using Microsoft.AspNetCore.Http;

namespace Hub.Engine.Intake;

/// <summary>What is kept of a request besides its body, where people look: values that prove who someone is are masked.</summary>
/// <param name="Query">The query string, with its question mark, or empty.</param>
/// <param name="Headers">A JSON object, names in lower case.</param>
public readonly record struct ShownRequest(string Query, string? ContentType, string Headers)
{
    public static ShownRequest Of(ReceivingSource source, SignedRequest request, string query)
    {
        var type = (string?)request.Headers.ContentType;
        return new ShownRequest(
            MaskedQuery.Of(query, source.Secrets.Mask),
            type is not null && source.Secrets.IsIn(type) ? SecretMask.Replacement : type,
            HeadersOf(source, request.Headers)
        );
    }

    private static string HeadersOf(ReceivingSource source, IHeaderDictionary headers)
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
}
