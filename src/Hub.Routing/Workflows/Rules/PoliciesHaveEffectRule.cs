using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Flow steps call nobody: trying them again or timing them changes nothing.</summary>
internal sealed class PoliciesHaveEffectRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var step in draft.Steps.Where(step => FlowSteps.Find(step.Definition.Type) is not null))
        {
            Warn(step.Definition.Retry is not null, "retry", step, errors);
            Warn(step.Definition.Timeout is not null, "timeout", step, errors);
        }
    }

    private static void Warn(bool given, string name, StepDraft step, ErrorList errors)
    {
        if (given)
        {
            errors.Warning(ErrorCodes.NoEffect, step.Place[name], $"'{name}' has no effect on a step of type {step.Definition.Type}.", "Leave it out.");
        }
    }
}
