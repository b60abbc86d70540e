using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

internal sealed class WaysInExistRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, FaultList faults)
    {
        foreach (var step in draft.Steps)
        {
            var seen = new HashSet<StepReference>();
            foreach (var (index, way) in step.Definition.After.Index())
            {
                if (way.StepId.Length > 0 || way.Port is not null)
                {
                    Check(step, way, step.Place["after"][index], seen, draft, faults);
                }
            }
        }
    }

    private static void Check(StepDraft step, StepReference way, JsonPlace place, HashSet<StepReference> seen, WorkflowDraft draft, FaultList faults)
    {
        if (faults.IsFull)
        {
            return;
        }

        var from = draft.Graph.IndexOf(way.StepId);
        if (way.StepId == step.Id)
        {
            faults.Error(FaultCodes.AfterItself, place, $"Step '{step.Id}' follows itself.", "Name another step, or leave it out.");
        }
        else if (from < 0)
        {
            var advice = NearestName.Advise(way.StepId, draft.Steps.Select(each => each.Id).Where(id => id.Length > 0 && id != step.Id));
            faults.Error(FaultCodes.AfterUnknownStep, place, $"There is no step '{NearestName.Shorten(way.StepId)}'.", advice);
        }
        else if (way.Port is not null && way.Port != StepReference.ErrorPort && draft.Steps[from] is { Description: not null } source)
        {
            CheckPort(source.Definition, way.Port, place, faults);
        }

        if (!seen.Add(way))
        {
            faults.Error(FaultCodes.AfterDuplicate, place, $"The way in '{NearestName.Shorten(way.ToString())}' is listed twice.", "Keep one of the two.");
        }
    }

    private static void CheckPort(StepDefinition source, string port, JsonPlace place, FaultList faults)
    {
        var ports = StepPorts.Branches(source).ToArray();
        if (!ports.Contains(port))
        {
            faults.Error(
                FaultCodes.AfterUnknownPort,
                place,
                $"Step '{source.Id}' of type {source.Type} has no port '{NearestName.Shorten(port)}'.",
                NearestName.Advise(port, ports.Append(StepReference.ErrorPort))
            );
        }
    }
}
