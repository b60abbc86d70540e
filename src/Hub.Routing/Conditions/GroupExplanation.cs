using System.Text.Json;

namespace Hub.Routing.Conditions;

/// <param name="notEvaluated">How many conditions came after the one that settled it.</param>
internal sealed class GroupExplanation(string name, IReadOnlyList<ConditionExplanation> parts, int notEvaluated, bool result) : ConditionExplanation
{
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteStartArray(name);
        foreach (var part in parts)
        {
            part.WriteTo(writer);
        }

        writer.WriteEndArray();
        if (notEvaluated > 0)
        {
            writer.WriteNumber("notEvaluated"u8, notEvaluated);
        }

        writer.WriteBoolean("result"u8, result);
        writer.WriteEndObject();
    }
}
