using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Parts of the format that are read and checked, and not acted on by this version.</summary>
internal sealed class NotYetEffectiveRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        var place = JsonPlace.Root["errorPolicy"];
        Warn(draft.ErrorPolicy.Fallback is not null, place["fallback"], errors);
        Warn(draft.ErrorPolicy.Breaker is not null, place["breaker"], errors);
    }

    private static void Warn(bool given, JsonPlace place, ErrorList errors)
    {
        if (given)
        {
            errors.Warning(
                ErrorCodes.NotYetEffective,
                place,
                "This version reads this part and does not act on it.",
                "Do not rely on it yet; it may stay in the document."
            );
        }
    }
}
