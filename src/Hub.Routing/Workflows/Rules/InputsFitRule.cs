using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Inputs are those the step takes, and what is written out has the right type; templates and queries get theirs at run time.</summary>
internal sealed class InputsFitRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var step in draft.Steps)
        {
            Check(step.Description, step.Definition.With, step.Place, errors);
        }

        if (draft.ErrorPolicy.Fallback is { } fallback)
        {
            Check(draft.Describe(fallback.Type), fallback.With, WorkflowDraft.FallbackPlace, errors);
        }
    }

    private static void Check(StepTypeDescription? type, JsonElement with, JsonPlace place, ErrorList errors)
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
                CheckValue(field, value, place[field.Name], errors);
            }
            else if (field.Required)
            {
                errors.Error(ErrorCodes.InputMissing, place, $"'{type.Type}' needs the input '{field.Name}'.", $"Add \"{field.Name}\" to \"with\".");
            }
        }

        foreach (var name in type.AcceptsOtherFields ? [] : given.Keys.TakeWhile(_ => !errors.IsFull))
        {
            errors.Error(
                ErrorCodes.InputUnknown,
                place[name],
                $"'{type.Type}' has no input '{NearestName.Shorten(name)}'.",
                NearestName.Advise(name, type.Fields.Select(field => field.Name))
            );
        }
    }

    private static void CheckValue(StepField field, JsonElement value, JsonPlace place, ErrorList errors)
    {
        if (Operand.IsTemplate(value) || Operand.IsQuery(value))
        {
            return;
        }

        switch (FieldCheck.Of(field, value))
        {
            case FieldFit.WrongType:
                var wanted = FieldCheck.Describe(field);
                errors.Error(
                    ErrorCodes.InputWrongType,
                    place,
                    $"The input '{field.Name}' must be {wanted}.",
                    $"Write {wanted}, a template {{{{ }}}} or a $path object."
                );
                break;
            case FieldFit.NoDuration:
                errors.Error(
                    ErrorCodes.DurationInvalid,
                    place,
                    $"'{NearestName.Shorten(JsonText.Read(value))}' is not a duration.",
                    DurationText.RemedyFor(JsonText.Read(value))
                );
                break;
            case FieldFit.NoChoice:
                var text = JsonText.Read(value);
                errors.Error(
                    ErrorCodes.InputChoice,
                    place,
                    $"The input '{field.Name}' cannot be '{NearestName.Shorten(text)}'.",
                    NearestName.Advise(text, field.Choices!)
                );
                break;
        }
    }
}
