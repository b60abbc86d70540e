using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas.Checking;
using Hub.Routing.Schemas.Formats;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>format</c>: asserted, for texts.</summary>
internal sealed class FormatRule(TextFormat format) : SchemaRule
{
    public override bool Check(SchemaRun run, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return true;
        }

        var text = JsonText.Read(value);
        run.Charge(1 + (text.Length >> 4));
        return format.Fits(text) || run.Fail("format", $"This must be {format.Description}.");
    }
}
