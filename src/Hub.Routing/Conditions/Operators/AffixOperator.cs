using System.Text.Json;

namespace Hub.Routing.Conditions.Operators;

/// <summary>A text starts or ends with another.</summary>
internal sealed class AffixOperator(string name, Func<string, string, StringComparison, bool> holds) : ConditionOperator(name)
{
    public override string? CheckValue(JsonElement value) => value.ValueKind == JsonValueKind.String ? null : "a text";

    public override Verdict Test(in Comparison comparison)
    {
        var (found, value) = (comparison.Found, comparison.Value);
        if (found.IsText && value.IsText)
        {
            return new Verdict(holds(found.Text, value.Text, comparison.Texts));
        }

        return found.TypeName != value.TypeName ? TypesDiffer(comparison) : new Verdict(false, $"only texts can be compared, not {found.TypeName}");
    }
}
