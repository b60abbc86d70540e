using System.Text.Json;

namespace Hub.Routing.Conditions.Operators;

/// <summary>What was found has a JSON type; <c>integer</c> is any number without a fraction, 1.0 included.</summary>
internal sealed class IsTypeOperator() : ConditionOperator("is_type")
{
    public static IReadOnlyList<string> Names { get; } = ["string", "number", "integer", "boolean", "object", "array", "null"];

    public override bool ValueIsFixed => true;

    public override bool MayIgnoreCase => false;

    public override string? CheckValue(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Names.Contains(JsonText.Read(value)) ? null : $"one of {string.Join(", ", Names)}";

    public override object? Prepare(JsonElement value, bool ignoreCase) => JsonText.Read(value);

    public override Verdict Test(in Comparison comparison)
    {
        var found = comparison.Found;
        return new Verdict(
            comparison.Prepared is "integer" ? found.IsNumber && JsonNumber.Read(found.Element).IsInteger : found.TypeName == (string)comparison.Prepared!
        );
    }
}
