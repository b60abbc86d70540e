using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>A delay waits either for a time or until an instant.</summary>
internal sealed class DelayInputsRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var step in draft.Steps.Where(step => step.Definition.Type == FlowSteps.Delay && !Operand.IsQuery(step.Definition.With)))
        {
            var hasFor = TryGet(step.Definition.With, "for", out var time);
            var hasUntil = TryGet(step.Definition.With, "until", out var until);
            if (hasFor && hasUntil)
            {
                errors.Error(ErrorCodes.InputConflict, step.Place["with"], "A delay has 'for' or 'until', not both.", "Keep one of the two.");
            }
            else if (!hasFor && !hasUntil)
            {
                errors.Error(ErrorCodes.InputMissing, step.Place, "A delay needs 'for' or 'until'.", "Add \"with\": { \"for\": \"10s\" }.");
            }

            if (hasFor && time.ValueKind == JsonValueKind.String && DurationText.TryParse(JsonText.Read(time), out var wait) && wait > WorkflowLimits.Delay)
            {
                errors.Error(
                    ErrorCodes.OutOfRange,
                    step.Place["with"]["for"],
                    $"A delay lasts at most {WorkflowLimits.Delay.TotalDays:0} days.",
                    "Write a shorter one."
                );
            }

            if (hasUntil && until.ValueKind == JsonValueKind.String && !Operand.IsTemplate(until) && !InstantText.TryParse(JsonText.Read(until), out _))
            {
                errors.Error(
                    ErrorCodes.InputWrongType,
                    step.Place["with"]["until"],
                    $"'{NearestName.Shorten(JsonText.Read(until))}' is not an instant with an offset.",
                    "Write one such as 2026-03-01T09:00:00Z, or a template."
                );
            }
        }
    }

    private static bool TryGet(JsonElement with, string name, out JsonElement value)
    {
        value = default;
        return with.ValueKind == JsonValueKind.Object && with.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
