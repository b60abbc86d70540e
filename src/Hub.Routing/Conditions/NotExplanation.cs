using System.Text.Json;

namespace Hub.Routing.Conditions;

internal sealed class NotExplanation(ConditionExplanation part, bool result) : ConditionExplanation
{
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WritePropertyName("not"u8);
        part.WriteTo(writer);
        writer.WriteBoolean("result"u8, result);
        writer.WriteEndObject();
    }
}
