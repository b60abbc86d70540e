using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Parts of the format that are read and checked, and not acted on by this version.</summary>
internal sealed class NotYetEffectiveRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, FaultList faults)
    {
        var place = JsonPlace.Root["errorPolicy"];
        Warn(draft.ErrorPolicy.Fallback is not null, place["fallback"], faults);
        Warn(draft.ErrorPolicy.Breaker is not null, place["breaker"], faults);
    }

    private static void Warn(bool given, JsonPlace place, FaultList faults)
    {
        if (given)
        {
            faults.Warning(
                FaultCodes.NotYetEffective,
                place,
                "This version reads this part and does not act on it.",
                "Do not rely on it yet; it may stay in the document."
            );
        }
    }
}
