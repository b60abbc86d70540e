using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Every step has a run that reaches it. Named are the steps where a branch ends, not all behind them.</summary>
internal sealed class StepsCanRunRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        var reachability = draft.Reachability;
        foreach (var index in draft.Graph.Order.Where(index => reachability.NeverRuns(index)))
        {
            var step = draft.Steps[index];
            var edges = draft.Graph.Edges[index];
            if (reachability.ConflictAt(index) is { } at)
            {
                errors.Warning(
                    ErrorCodes.NeverRuns,
                    step.Place["after"],
                    $"Step {step.Label} can never run: all its incoming edges are asked for, and some need different outcomes of step '{draft.Steps[at].Id}'.",
                    "Add \"join\": \"any\" to run it after whichever comes, or leave one of the edges out."
                );
            }
            else if (edges.Any(edge => draft.Steps[edge.From].Definition.Type == FlowSteps.Stop && !reachability.NeverRuns(edge.From)))
            {
                errors.Warning(
                    ErrorCodes.NeverRuns,
                    step.Place["after"],
                    $"Step {step.Label} can never run: it follows a stop, which ends the execution.",
                    "Put it before the stop, or take the stop out."
                );
            }
        }
    }
}
