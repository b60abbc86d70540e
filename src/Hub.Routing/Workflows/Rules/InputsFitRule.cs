using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Inputs are those the step takes, and what is written out has the right type; templates and queries get theirs at run time.</summary>
internal sealed class InputsFitRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, FaultList faults)
    {
        foreach (var step in draft.Steps)
        {
            Check(step.Description, step.Definition.With, step.Place, faults);
        }

        if (draft.ErrorPolicy.Fallback is { } fallback)
        {
            Check(draft.Describe(fallback.Type), fallback.With, WorkflowDraft.FallbackPlace, faults);
        }
    }

    private static void Check(StepTypeDescription? type, JsonElement with, JsonPlace place, FaultList faults)
    {
        // A query in place of the whole object gives its fields at run time.
        if (type is null || FlowSteps.IsBranch(type.Type) || Operand.IsQuery(with))
        {
            return;
        }

        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (with.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in with.EnumerateObject())
            {
                given[JsonText.ReadName(member)] = member.Value;
            }

            place = place["with"];
        }

        foreach (var field in type.Fields)
        {
            var stated = given.Remove(field.Name, out var value) && value.ValueKind != JsonValueKind.Null;
            if (stated)
            {
                CheckValue(field, value, place[field.Name], faults);
            }
            else if (field.Required)
            {
                faults.Error(FaultCodes.InputMissing, place, $"'{type.Type}' needs the input '{field.Name}'.", $"Add \"{field.Name}\" to \"with\".");
            }
        }

        foreach (var name in type.AcceptsOtherFields ? [] : given.Keys.TakeWhile(_ => !faults.IsFull))
        {
            faults.Error(
                FaultCodes.InputUnknown,
                place[name],
                $"'{type.Type}' has no input '{NearestName.Shorten(name)}'.",
                NearestName.Advise(name, type.Fields.Select(field => field.Name))
            );
        }
    }

    private static void CheckValue(StepField field, JsonElement value, JsonPlace place, FaultList faults)
    {
        if (Operand.IsTemplate(value) || Operand.IsQuery(value))
        {
            return;
        }

        switch (FieldCheck.Of(field, value))
        {
            case FieldFit.WrongType:
                var wanted = FieldCheck.Describe(field);
                faults.Error(
                    FaultCodes.InputWrongType,
                    place,
                    $"The input '{field.Name}' must be {wanted}.",
                    $"Write {wanted}, a template {{{{ }}}} or a $path object."
                );
                break;
            case FieldFit.NoDuration:
                faults.Error(FaultCodes.DurationInvalid, place, $"'{NearestName.Shorten(JsonText.Read(value))}' is not a duration.", DurationText.Remedy);
                break;
            case FieldFit.NoChoice:
                var text = JsonText.Read(value);
                faults.Error(
                    FaultCodes.InputChoice,
                    place,
                    $"The input '{field.Name}' cannot be '{NearestName.Shorten(text)}'.",
                    NearestName.Advise(text, field.Choices!)
                );
                break;
        }
    }
}
