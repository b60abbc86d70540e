using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

internal sealed class StepIdsAreUniqueRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        var first = new Dictionary<string, StepDraft>(StringComparer.Ordinal);
        foreach (var step in draft.Steps.Where(step => step.Id.Length > 0))
        {
            if (!first.TryAdd(step.Id, step))
            {
                errors.Error(
                    ErrorCodes.StepIdDuplicate,
                    step.Place["id"],
                    $"The id '{step.Id}' is taken by {first[step.Id].Place.Path()}.",
                    "Give every step an id of its own."
                );
            }
        }
    }
}
