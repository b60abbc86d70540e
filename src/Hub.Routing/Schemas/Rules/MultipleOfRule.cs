using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>multipleOf</c>, in exact decimals: 0.3 is a multiple of 0.1.</summary>
internal sealed class MultipleOfRule(JsonElement divisor) : SchemaRule
{
    public override bool Check(SchemaRun run, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return true;
        }

        return JsonNumber.Read(value).IsMultipleOf(JsonNumber.Read(divisor))
            || run.Fail("multipleOf", () => $"This must be a multiple of {divisor.GetRawText()}.");
    }
}
