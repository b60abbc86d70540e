using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>minimum</c>, <c>maximum</c> and their exclusive forms, by value with all digits.</summary>
internal sealed class NumberRule(string keyword, JsonElement bound, Func<int, bool> holds, string words) : SchemaRule
{
    public override bool Check(SchemaRun run, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return true;
        }

        return holds(JsonNumber.Compare(value, bound)) || run.Fail(keyword, () => $"This must be {words} {NearestName.Shorten(bound.GetRawText())}.");
    }
}
