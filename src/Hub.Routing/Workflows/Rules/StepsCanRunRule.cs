using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Every step has some course of an execution that reaches it. Named are the steps where a way ends, not all behind them.</summary>
internal sealed class StepsCanRunRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        var reachability = draft.Reachability;
        foreach (var index in draft.Graph.Order.Where(index => reachability.NeverRuns(index)))
        {
            var step = draft.Steps[index];
            var ways = draft.Graph.Ways[index];
            if (reachability.ConflictAt(index) is { } at)
            {
                errors.Warning(
                    ErrorCodes.NeverRuns,
                    step.Place["after"],
                    $"Step {step.Label} can never run: all its ways in are asked for, and some need different outcomes of step '{draft.Steps[at].Id}'.",
                    "Add \"join\": \"any\" to run it after whichever comes, or leave one of the ways out."
                );
            }
            else if (ways.Any(way => draft.Steps[way.From].Definition.Type == FlowSteps.Stop && !reachability.NeverRuns(way.From)))
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
