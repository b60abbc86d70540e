using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

internal sealed class IncomingEdgesExistRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var step in draft.Steps)
        {
            var seen = new HashSet<StepReference>();
            foreach (var (index, edge) in step.Definition.After.Index())
            {
                if (edge.StepId.Length > 0 || edge.Port is not null)
                {
                    Check(step, edge, step.Place["after"][index], seen, draft, errors);
                }
            }
        }
    }

    private static void Check(StepDraft step, StepReference edge, JsonPlace place, HashSet<StepReference> seen, WorkflowDraft draft, ErrorList errors)
    {
        if (errors.IsFull)
        {
            return;
        }

        var from = draft.Graph.IndexOf(edge.StepId);
        if (edge.StepId == step.Id)
        {
            errors.Error(ErrorCodes.AfterItself, place, $"Step '{step.Id}' follows itself.", "Name another step, or leave it out.");
        }
        else if (from < 0)
        {
            var advice = NearestName.Advise(edge.StepId, draft.Steps.Select(each => each.Id).Where(id => id.Length > 0 && id != step.Id));
            errors.Error(ErrorCodes.AfterUnknownStep, place, $"There is no step '{NearestName.Shorten(edge.StepId)}'.", advice);
        }
        else if (edge.Port is not null && edge.Port != StepReference.ErrorPort && draft.Steps[from] is { Description: not null } source)
        {
            CheckPort(source.Definition, edge.Port, place, errors);
        }

        if (!seen.Add(edge))
        {
            errors.Error(
                ErrorCodes.AfterDuplicate,
                place,
                $"The incoming edge '{NearestName.Shorten(edge.ToString())}' is listed twice.",
                "Keep one of the two."
            );
        }
    }

    private static void CheckPort(StepDefinition source, string port, JsonPlace place, ErrorList errors)
    {
        var ports = StepPorts.Branches(source).ToArray();
        if (!ports.Contains(port))
        {
            errors.Error(
                ErrorCodes.AfterUnknownPort,
                place,
                $"Step '{source.Id}' of type {source.Type} has no port '{NearestName.Shorten(port)}'.",
                NearestName.Advise(port, ports.Append(StepReference.ErrorPort))
            );
        }
    }
}
