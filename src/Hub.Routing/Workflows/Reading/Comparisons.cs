using System.Text.Json;
using Hub.Routing.Conditions;

namespace Hub.Routing.Workflows.Reading;

/// <summary>A comparison as written; parts that are missing are undefined.</summary>
/// <param name="Place">The object that compares.</param>
internal readonly record struct WrittenComparison(JsonPlace Place, JsonElement Path, JsonElement Op, JsonElement Value);

/// <summary>Finds the comparisons in conditions.</summary>
internal static class Comparisons
{
    public static IEnumerable<WrittenComparison> OfStep(StepDraft step) =>
        OfCondition(step.Definition.When, step.Place["when"])
            .Concat(step.Definition.Cases.SelectMany((each, index) => OfCondition(each.When, step.Place["cases"][index]["when"])));

    public static IEnumerable<WrittenComparison> OfCondition(JsonElement condition, JsonPlace place)
    {
        if (condition.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        if (condition.TryGetProperty("path", out var path))
        {
            condition.TryGetProperty("op", out var op);
            condition.TryGetProperty("value", out var value);
            return [new WrittenComparison(place, path, op, value)];
        }

        return condition
            .EnumerateObject()
            .SelectMany(member =>
                (JsonText.ReadName(member), member.Value.ValueKind) switch
                {
                    (var group and ("all" or "any"), JsonValueKind.Array) => member
                        .Value.EnumerateArray()
                        .SelectMany((part, index) => OfCondition(part, place[group][index])),
                    ("not", _) => OfCondition(member.Value, place["not"]),
                    _ => [],
                }
            );
    }
}
