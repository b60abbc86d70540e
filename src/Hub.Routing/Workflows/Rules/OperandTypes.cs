using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas;
using Hub.Routing.Workflows.Shapes;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Whether an operator can come to more than one answer for operands of these types.</summary>
internal static class OperandTypes
{
    private const JsonTypes Ordered = JsonTypes.String | JsonTypes.Number;

    /// <param name="op">The operator.</param>
    /// <param name="found">What the path selects.</param>
    /// <param name="literal">The value as written; undefined when there is none.</param>
    /// <param name="read">What the value reads; null when it is written out.</param>
    public static (string Problem, string Remedy)? ErrorOf(string op, Shape found, JsonElement literal, Shape? read)
    {
        if (found.Types == JsonTypes.None)
        {
            return null;
        }

        var value = read?.Types ?? JsonTypeNames.Of(literal);
        var written = read is null ? literal : default;
        return op switch
        {
            "equals" or "not_equals" => (found.Types & value) == JsonTypes.None ? Differ(found.Types, value, written) : NotAChoice(found, written),
            "greater_than" or "greater_than_or_equal" or "less_than" or "less_than_or_equal" => (found.Types & Ordered) == JsonTypes.None
                ? Wants(found.Types, Ordered, "order")
            : (found.Types & value & Ordered) == JsonTypes.None ? Differ(found.Types, value, written)
            : null,
            "before" or "after" => (found.Types & JsonTypes.String) == JsonTypes.None ? Wants(found.Types, JsonTypes.String, "time") : null,
            "starts_with" or "ends_with" or "matches" => (found.Types & JsonTypes.String) == JsonTypes.None
                ? Wants(found.Types, JsonTypes.String, "letters")
                : null,
            "contains" => (found.Types & (JsonTypes.String | JsonTypes.Array | JsonTypes.Object)) == JsonTypes.None
                ? Wants(found.Types, JsonTypes.String | JsonTypes.Array | JsonTypes.Object, "parts")
            : found.Types == JsonTypes.String && value != JsonTypes.All && (value & JsonTypes.String) == JsonTypes.None ? Differ(found.Types, value, written)
            : null,
            "in" => InError(found, written, value),
            "is_type" => TypeError(found.Types, written),
            _ => null,
        };
    }

    private static (string, string)? InError(Shape found, JsonElement list, JsonTypes value)
    {
        if ((value & JsonTypes.Array) == JsonTypes.None)
        {
            return ("is looked for in what is not an array.", "Give the values as an array.");
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            return null;
        }

        var types = list.EnumerateArray().Aggregate(JsonTypes.None, (all, each) => all | JsonTypeNames.Of(each));
        return (types & found.Types) == JsonTypes.None ? Differ(found.Types, types, list[0])
            : found.Types == JsonTypes.String ? list.EnumerateArray().Select(each => NotAChoice(found, each)).FirstOrDefault(each => each is not null)
            : null;
    }

    private static (string, string)? TypeError(JsonTypes found, JsonElement name) =>
        name.ValueKind == JsonValueKind.String
        && IsTypeNames.Contains(JsonText.Read(name))
        && (JsonTypeNames.OfSchema(JsonText.Read(name)) & found) == JsonTypes.None
            ? ($"is {JsonTypeNames.Describe(found)}, so it is never '{JsonText.Read(name)}'.", "Leave the comparison out, or name another type.")
            : null;

    private static IReadOnlyList<string> IsTypeNames => Conditions.Operators.IsTypeOperator.Names;

    private static (string, string)? NotAChoice(Shape found, JsonElement literal) =>
        found is { Types: JsonTypes.String, Choices: { } choices }
        && literal.ValueKind == JsonValueKind.String
        && JsonText.Read(literal) is var text
        && !choices.Contains(text)
            ? ($"is never '{NearestName.Shorten(text)}'.", NearestName.Advise(text, choices))
            : null;

    private static (string, string) Wants(JsonTypes found, JsonTypes wanted, string has) =>
        (
            $"is {JsonTypeNames.Describe(found)}, which has no {has}: the comparison never holds.",
            $"Read {JsonTypeNames.Describe(wanted)}, or use another operator."
        );

    private static (string, string) Differ(JsonTypes found, JsonTypes value, JsonElement literal) =>
        (
            $"is {JsonTypeNames.Describe(found)}, and is compared with {JsonTypeNames.Describe(value)}: types never convert, so they are never equal.",
            RemedyFor(found, value, literal)
        );

    private static string RemedyFor(JsonTypes found, JsonTypes value, JsonElement literal) =>
        (found, value) switch
        {
            (JsonTypes.Number, JsonTypes.String) when literal.ValueKind == JsonValueKind.String => "Write the number without quotes.",
            (JsonTypes.Boolean, JsonTypes.String) when literal.ValueKind == JsonValueKind.String => "Write true or false without quotes.",
            (JsonTypes.String, JsonTypes.Number or JsonTypes.Boolean) when literal.ValueKind != JsonValueKind.Undefined =>
                $"Write it in quotes: \"{NearestName.Shorten(literal.GetRawText())}\".",
            (JsonTypes.Array, _) => "Use contains to look for an element, or name one element in the path.",
            _ => $"Compare with {JsonTypeNames.Describe(found)}.",
        };
}
