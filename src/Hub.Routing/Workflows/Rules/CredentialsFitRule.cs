using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

internal sealed class CredentialsFitRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var step in draft.Steps)
        {
            Check(step.Description, step.Definition.Credential, step.Place, errors);
        }

        if (draft.ErrorPolicy.Fallback is { } fallback)
        {
            Check(draft.Describe(fallback.Type), fallback.Credential, WorkflowDraft.FallbackPlace, errors);
        }
    }

    private static void Check(StepTypeDescription? type, string? credential, JsonPlace place, ErrorList errors)
    {
        if (type is { CredentialRequired: true } && credential is null)
        {
            errors.Error(ErrorCodes.CredentialMissing, place, $"'{type.Type}' needs a credential.", "Add \"credential\": the name of one.");
        }
        else if (type is { AcceptsCredential: false, CredentialRequired: false } && credential is not null && !FlowSteps.IsBranch(type.Type))
        {
            errors.Error(ErrorCodes.CredentialUnexpected, place["credential"], $"'{type.Type}' uses no credential.", "Leave it out.");
        }
    }
}
