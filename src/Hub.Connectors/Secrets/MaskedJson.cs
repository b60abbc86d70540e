using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Hub.Connectors.Secrets;

/// <summary>Copies a JSON value, masking on the way.</summary>
/// <param name="destination">The member of the input of a call that holds an address.</param>
internal readonly struct MaskedJson(SecretMask mask, Utf8JsonWriter writer, string? destination = null)
{
    /// <param name="inHeaders">Whether it is an object of headers.</param>
    /// <param name="isInput">Whether it is the input of a call, with an address and a <c>query</c>.</param>
    public void Write(JsonElement value, bool inHeaders = false, bool isInput = false)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    WriteMember(member, inHeaders, isInput);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(mask.Mask(TextOf(value)));
                break;
            case JsonValueKind.Number:
                WriteNumber(value);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private void WriteMember(JsonProperty member, bool inHeaders, bool isInput)
    {
        var name = NameOf(member);
        writer.WritePropertyName(mask.Mask(name));
        if (inHeaders && SecretNames.IsHeader(name) && member.Value.ValueKind != JsonValueKind.Null)
        {
            writer.WriteStringValue(SecretMask.Replacement);
        }
        else if (isInput && name == destination && member.Value.ValueKind == JsonValueKind.String)
        {
            writer.WriteStringValue(mask.Mask(MaskedQuery.OfOutgoingUrl(TextOf(member.Value))));
        }
        else if (isInput && name == "query" && member.Value.ValueKind == JsonValueKind.Object)
        {
            WriteQuery(member.Value);
        }
        else
        {
            Write(member.Value, string.Equals(name, "headers", StringComparison.OrdinalIgnoreCase));
        }
    }

    private void WriteQuery(JsonElement query)
    {
        writer.WriteStartObject();
        foreach (var member in query.EnumerateObject())
        {
            var name = NameOf(member);
            writer.WritePropertyName(mask.Mask(name));
            if (SecretNames.IsOutgoingParameter(name) && member.Value.ValueKind != JsonValueKind.Null)
            {
                writer.WriteStringValue(SecretMask.Replacement);
            }
            else
            {
                Write(member.Value);
            }
        }

        writer.WriteEndObject();
    }

    // Half a surrogate pair cannot be read as text, and what cannot be read cannot be searched.
    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return SecretMask.Replacement;
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return SecretMask.Replacement;
        }
    }

    private void WriteNumber(JsonElement value)
    {
        var raw = Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(value));
        if (mask.Mask(raw) is var masked && masked != raw)
        {
            writer.WriteStringValue(masked);
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
