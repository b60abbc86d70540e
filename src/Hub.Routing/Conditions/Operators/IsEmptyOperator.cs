using System.Text.Json;

namespace Hub.Routing.Conditions.Operators;

/// <summary>Absent, null, an empty text, array or object. Zero, false and blanks are something.</summary>
internal sealed class IsEmptyOperator() : ConditionOperator("is_empty")
{
    public override bool TakesValue => false;

    public override bool MayIgnoreCase => false;

    public override Verdict Test(in Comparison comparison)
    {
        var found = comparison.Found;
        return new Verdict(
            found.IsArray
                ? found.Count == 0
                : found.Element.ValueKind switch
                {
                    JsonValueKind.Undefined or JsonValueKind.Null => true,
                    JsonValueKind.String => found.Text.Length == 0,
                    JsonValueKind.Object => found.Element.GetPropertyCount() == 0,
                    _ => false,
                }
        );
    }
}
