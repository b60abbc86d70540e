using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>type</c>: one of these JSON types; an integer is any number without a fraction, 1.0 included.</summary>
internal sealed class TypeRule(JsonTypes types, bool integersOnly) : SchemaRule
{
    public override bool Check(SchemaRun run, JsonElement value)
    {
        var type = JsonTypeNames.Of(value);
        if ((types & type) != JsonTypes.None && !(integersOnly && type == JsonTypes.Number && !IsInteger(value)))
        {
            return true;
        }

        var wanted = integersOnly ? Wanted().Replace("a number", "a whole number", StringComparison.Ordinal) : Wanted();
        return run.Fail(
            "type",
            $"This must be {wanted}, and is {(type == JsonTypes.Number && integersOnly ? "a number with a fraction" : JsonTypeNames.Describe(type))}."
        );
    }

    private static bool IsInteger(JsonElement number) => number.TryGetInt64(out _) || JsonNumber.Read(number).IsInteger;

    private string Wanted() => JsonTypeNames.Describe(types);
}
