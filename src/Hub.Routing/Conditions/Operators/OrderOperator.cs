namespace Hub.Routing.Conditions.Operators;

/// <summary>Order of two numbers by value, or of two texts by code unit.</summary>
internal sealed class OrderOperator(string name, Func<int, bool> holds) : ConditionOperator(name)
{
    public override string? CheckValue(System.Text.Json.JsonElement value) =>
        value.ValueKind is System.Text.Json.JsonValueKind.Number or System.Text.Json.JsonValueKind.String ? null : "a number or a text";

    public override Verdict Test(in Comparison comparison)
    {
        var (found, value) = (comparison.Found, comparison.Value);
        if (found.IsNumber && value.IsNumber)
        {
            return new Verdict(holds(JsonNumber.Compare(found.Element, value.Element)));
        }

        if (found.IsText && value.IsText)
        {
            return new Verdict(holds(string.Compare(found.Text, value.Text, comparison.Texts)));
        }

        return found.TypeName != value.TypeName ? TypesDiffer(comparison) : new Verdict(false, $"a value of type {found.TypeName} has no order");
    }
}
