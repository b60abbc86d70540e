using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

internal sealed class StepTypesAreKnownRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var step in draft.Steps.Where(step => step.Definition.Type.Length > 0 && step.Description is null))
        {
            Report(step.Definition.Type, step.Place["type"], draft, errors);
        }

        if (draft.ErrorPolicy.Fallback is not { Type.Length: > 0 } fallback)
        {
            return;
        }

        if (FlowSteps.Find(fallback.Type) is not null)
        {
            errors.Error(
                ErrorCodes.StepTypeUnknown,
                WorkflowDraft.FallbackPlace["type"],
                $"A fallback is a connector's action, not '{fallback.Type}'.",
                "Name an action such as email.send."
            );
        }
        else if (draft.Describe(fallback.Type) is null)
        {
            Report(fallback.Type, WorkflowDraft.FallbackPlace["type"], draft, errors);
        }
    }

    private static void Report(string type, JsonPlace place, WorkflowDraft draft, ErrorList errors)
    {
        if (errors.IsFull)
        {
            return;
        }

        if (FlowSteps.Unavailable.Contains(type))
        {
            var offered = string.Join(", ", FlowSteps.All.Select(step => step.Type));
            errors.Error(ErrorCodes.StepTypeUnavailable, place, $"This version has no step '{type}'.", $"Its flow steps are {offered}.");
        }
        else
        {
            errors.Error(ErrorCodes.StepTypeUnknown, place, $"There is no step type '{NearestName.Shorten(type)}'.", draft.AdviseType(type));
        }
    }
}
