using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.JsonPath;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Hands on what the path language calls valid but surely not meant.</summary>
internal sealed class PathsAreMeantRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var comparison in draft.Comparisons.TakeWhile(_ => !errors.IsFull))
        {
            Check(comparison.Path, comparison.Place["path"], errors);
            CheckAll(comparison.Value, comparison.Place["value"], errors);
        }

        foreach (var step in draft.Steps)
        {
            CheckAll(step.Definition.With, step.Place["with"], errors);
        }
    }

    private static void CheckAll(JsonElement value, JsonPlace place, ErrorList errors)
    {
        if (errors.IsFull)
        {
            return;
        }

        if (Operand.IsQuery(value))
        {
            Check(value.EnumerateObject().First().Value, place[Operand.PathKey], errors);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                CheckAll(item, place[index], errors);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                CheckAll(member.Value, place[JsonText.ReadName(member)], errors);
            }
        }
    }

    private static void Check(JsonElement path, JsonPlace place, ErrorList errors)
    {
        if (path.ValueKind != JsonValueKind.String || !JsonPathQuery.TryParse(JsonText.Read(path), out var query, out _))
        {
            return;
        }

        foreach (var warning in query.Warnings)
        {
            errors.Warning(
                ErrorCodes.PathDoubtful,
                place,
                $"At character {warning.Position + 1}: {warning.Message}",
                "Correct the pattern; it is an I-Regexp (RFC 9485)."
            );
        }
    }
}
