using System.Text.Json;

namespace Hub.Routing.Conditions.Operators;

/// <summary>A text has a part, an array an element, an object a key.</summary>
internal sealed class ContainsOperator() : ConditionOperator("contains")
{
    public override Verdict Test(in Comparison comparison)
    {
        var (found, value, texts) = (comparison.Found, comparison.Value, comparison.Texts);
        if (found.IsArray)
        {
            return new Verdict(found.Items().Any(item => JsonEquality.Equal(new Comparand(item), value, texts)));
        }

        if (found.IsText && value.IsText)
        {
            return new Verdict(found.Text.Contains(value.Text, texts));
        }

        if (found.Element.ValueKind == JsonValueKind.Object && value.IsText)
        {
            var key = value.Text;
            return new Verdict(found.Element.EnumerateObject().Any(member => string.Equals(JsonText.ReadName(member), key, texts)));
        }

        return found.IsText || found.Element.ValueKind == JsonValueKind.Object
            ? TypesDiffer(comparison)
            : new Verdict(false, $"a value of type {found.TypeName} contains nothing");
    }
}
