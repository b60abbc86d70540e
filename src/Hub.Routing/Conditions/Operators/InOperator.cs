using System.Text.Json;

namespace Hub.Routing.Conditions.Operators;

/// <summary>What was found equals an element of the value.</summary>
internal sealed class InOperator() : ConditionOperator("in")
{
    public override string? CheckValue(JsonElement value) => value.ValueKind == JsonValueKind.Array ? null : "an array";

    public override Verdict Test(in Comparison comparison)
    {
        var (found, texts) = (comparison.Found, comparison.Texts);
        return comparison.Value.IsArray
            ? new Verdict(comparison.Value.Items().Any(item => JsonEquality.Equal(found, new Comparand(item), texts)))
            : new Verdict(false, $"the value is not an array but {comparison.Value.TypeName}");
    }
}
