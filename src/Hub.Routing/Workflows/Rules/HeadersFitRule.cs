using System.Text.Json;
using Hub.Fields.Headers;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Headers that are written out are such as HTTP can carry, and none that the hub sets itself. Actions check theirs again at run time.</summary>
internal sealed class HeadersFitRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var step in draft.Steps)
        {
            Check(step.Description, step.Definition.With, step.Place["with"], errors);
        }

        if (draft.ErrorPolicy.Fallback is { } fallback)
        {
            Check(draft.Describe(fallback.Type), fallback.With, WorkflowDraft.FallbackPlace["with"], errors);
        }
    }

    private static void Check(StepTypeDescription? type, JsonElement with, JsonPlace place, ErrorList errors)
    {
        if (type is null || with.ValueKind != JsonValueKind.Object || Operand.IsQuery(with))
        {
            return;
        }

        foreach (var field in type.Fields.Where(static field => field.Place == StepFieldPlace.Headers))
        {
            if (with.TryGetProperty(field.Name, out var headers) && headers.ValueKind == JsonValueKind.Object && !Operand.IsQuery(headers))
            {
                Check(type.Type, headers, place[field.Name], errors);
            }
        }
    }

    private static void Check(string type, JsonElement headers, JsonPlace place, ErrorList errors)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers.EnumerateObject().TakeWhile(_ => !errors.IsFull))
        {
            var name = JsonText.ReadName(header);
            if (!HeaderRules.IsName(name))
            {
                errors.Error(
                    ErrorCodes.InputWrongType,
                    place[name],
                    $"'{NearestName.Shorten(name)}' is not the name of a header.",
                    "Write letters, digits and hyphens, such as X-Order-Id."
                );
            }
            else if (type == FlowSteps.Respond ? FlowSteps.IsServerHeader(name) : HeaderRules.IsFraming(name))
            {
                errors.Error(ErrorCodes.InputConflict, place[name], $"'{name}' cannot be set by a workflow.", "Leave it out.");
            }
            else if (!seen.Add(name))
            {
                errors.Error(
                    ErrorCodes.InputConflict,
                    place[name],
                    $"The header '{NearestName.Shorten(name)}' is there twice: capitals make no difference.",
                    "Keep one of the two."
                );
            }

            if (header.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && !Operand.IsQuery(header.Value))
            {
                errors.Error(
                    ErrorCodes.InputWrongType,
                    place[name],
                    $"The header '{NearestName.Shorten(name)}' must be a text.",
                    "Write a text, a template {{ }} or a $path object."
                );
            }
            else if (header.Value.ValueKind == JsonValueKind.String && !Operand.IsTemplate(header.Value) && !HeaderRules.IsValue(JsonText.Read(header.Value)))
            {
                errors.Error(
                    ErrorCodes.InputWrongType,
                    place[name],
                    $"The header '{NearestName.Shorten(name)}' has a line break or another control character, which could begin another header.",
                    "Write it on one line."
                );
            }
        }
    }
}
