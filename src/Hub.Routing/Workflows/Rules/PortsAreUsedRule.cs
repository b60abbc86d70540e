using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>
/// A decision is worth taking when something follows from it: each case of a switch, and one side of an if. Asked of a document that has no errors.
/// </summary>
internal sealed class PortsAreUsedRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        if (errors.HasErrors)
        {
            return;
        }

        var followed = draft.Steps.SelectMany(step => step.Definition.After).ToHashSet();
        foreach (var step in draft.Steps.Where(step => step.Id.Length > 0 && FlowSteps.IsBranch(step.Definition.Type)))
        {
            if (!StepPorts.Branches(step.Definition).Any(IsFollowed))
            {
                errors.Warning(
                    ErrorCodes.PortUnused,
                    step.Place,
                    $"No step follows a port of {step.Label}, so its decision changes nothing.",
                    $"Follow one, as in \"after\": [ \"{step.Id}.{StepPorts.Branches(step.Definition).FirstOrDefault("true")}\" ]."
                );
                continue;
            }

            foreach (var (index, each) in step.Definition.Cases.Index().Where(each => each.Item.Port.Length > 0 && !IsFollowed(each.Item.Port)))
            {
                errors.Warning(
                    ErrorCodes.PortUnused,
                    step.Place["cases"][index]["port"],
                    $"No step follows the port '{Conditions.NearestName.Shorten(each.Port)}' of {step.Label}.",
                    $"Add \"{step.Id}.{Conditions.NearestName.Shorten(each.Port)}\" to the \"after\" of a step, or take the case out."
                );
            }

            bool IsFollowed(string port) => followed.Contains(new StepReference(step.Id, port));
        }
    }
}
