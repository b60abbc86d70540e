using System.Text.Json;
using Hub.Routing.Conditions;

namespace Hub.Routing.Workflows.Reading;

/// <summary>Finds the texts with <c>{{ }}</c> in inputs and conditions, each with its place.</summary>
internal static class WrittenTemplates
{
    public static IEnumerable<(string Text, JsonPlace Place)> Of(WorkflowDraft draft) =>
        draft
            .Steps.SelectMany(step => Of(step.Definition.With, step.Place["with"]))
            .Concat(Of(draft.ErrorPolicy.Fallback?.With ?? default, WorkflowDraft.FallbackPlace["with"]))
            .Concat(draft.Comparisons.SelectMany(comparison => Of(comparison.Value, comparison.Place["value"])));

    private static IEnumerable<(string Text, JsonPlace Place)> Of(JsonElement value, JsonPlace place) =>
        value.ValueKind switch
        {
            JsonValueKind.String when Operand.IsTemplate(value) => [(JsonText.Read(value), place)],
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Of(item, place[index])),
            JsonValueKind.Object when !Operand.IsQuery(value) => value
                .EnumerateObject()
                .SelectMany(member => Of(member.Value, place[JsonText.ReadName(member)])),
            _ => [],
        };
}
