using System.Text.Json;
using Hub.Routing.Conditions.Operators;

namespace Hub.Routing.Conditions;

internal sealed class ComparisonExplanation(
    string path,
    string operatorName,
    Comparand found,
    Comparand? value,
    string? valueOrigin,
    bool ignoreCase,
    Verdict verdict
) : ConditionExplanation
{
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("path"u8, JsonText.Sound(path));
        writer.WriteString("op"u8, operatorName);
        if (found.IsAbsent)
        {
            writer.WriteBoolean("absent"u8, true);
        }
        else
        {
            writer.WritePropertyName("found"u8);
            ShortValue.Write(writer, found);
        }

        if (value is { IsAbsent: false } shown)
        {
            writer.WritePropertyName("value"u8);
            ShortValue.Write(writer, shown);
        }

        if (valueOrigin is not null)
        {
            writer.WriteString("valueFrom"u8, JsonText.Sound(valueOrigin));
        }

        if (ignoreCase)
        {
            writer.WriteBoolean("ignoreCase"u8, true);
        }

        writer.WriteBoolean("result"u8, verdict.Value && verdict.Error is null);
        if (verdict.Note is not null)
        {
            writer.WriteString("note"u8, verdict.Note);
        }

        if (verdict.Error is not null)
        {
            writer.WriteString("error"u8, JsonText.Sound(verdict.Error));
        }

        writer.WriteEndObject();
    }
}
