using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Hub.Connectors.Secrets;

/// <summary>Copies a JSON value, masking on the way.</summary>
internal readonly struct MaskedJson(SecretMask mask, Utf8JsonWriter writer)
{
    public void Write(JsonElement value, bool inHeaders = false)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    WriteMember(member, inHeaders);
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

    private void WriteMember(JsonProperty member, bool inHeaders)
    {
        var name = NameOf(member);
        writer.WritePropertyName(mask.Mask(name));
        if (inHeaders && SecretMask.IsSecretHeader(name) && member.Value.ValueKind != JsonValueKind.Null)
        {
            writer.WriteStringValue(SecretMask.Replacement);
        }
        else
        {
            Write(member.Value, string.Equals(name, "headers", StringComparison.OrdinalIgnoreCase));
        }
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
