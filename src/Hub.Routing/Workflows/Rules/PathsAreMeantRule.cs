using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.JsonPath;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Hands on what the path language calls valid but surely not meant.</summary>
internal sealed class PathsAreMeantRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, FaultList faults)
    {
        foreach (var comparison in draft.Comparisons.TakeWhile(_ => !faults.IsFull))
        {
            Check(comparison.Path, comparison.Place["path"], faults);
            CheckAll(comparison.Value, comparison.Place["value"], faults);
        }

        foreach (var step in draft.Steps)
        {
            CheckAll(step.Definition.With, step.Place["with"], faults);
        }
    }

    private static void CheckAll(JsonElement value, JsonPlace place, FaultList faults)
    {
        if (faults.IsFull)
        {
            return;
        }

        if (Operand.IsQuery(value))
        {
            Check(value.EnumerateObject().First().Value, place[Operand.PathKey], faults);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                CheckAll(item, place[index], faults);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                CheckAll(member.Value, place[JsonText.ReadName(member)], faults);
            }
        }
    }

    private static void Check(JsonElement path, JsonPlace place, FaultList faults)
    {
        if (path.ValueKind != JsonValueKind.String || !JsonPathQuery.TryParse(JsonText.Read(path), out var query, out _))
        {
            return;
        }

        foreach (var warning in query.Warnings)
        {
            faults.Warning(
                FaultCodes.PathDoubtful,
                place,
                $"At character {warning.Position + 1}: {warning.Message}",
                "Correct the pattern; it is an I-Regexp (RFC 9485)."
            );
        }
    }
}
