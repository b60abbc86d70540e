using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>A step reads only from steps it comes after, and knows when one of them may have nothing to say.</summary>
internal sealed class ReadsComeBeforeRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        if (errors.IsFull)
        {
            return;
        }

        var ancestors = new Ancestors(draft.Graph, draft.Steps.Count);
        for (var index = 0; index < draft.Steps.Count; index++)
        {
            foreach (
                var read in draft
                    .Reads[index]
                    .Where(read => read.StepId is not null)
                    .DistinctBy(read => (read.Place, read.StepId, read.StepMember))
                    .TakeWhile(_ => !errors.IsFull)
            )
            {
                Check(index, read, read.StepId!, draft, ancestors, errors);
            }
        }

        foreach (var read in draft.FallbackReads.Where(read => read.StepId is { } id && draft.Graph.IndexOf(id) < 0))
        {
            ReportUnknown(read, string.Empty, draft, errors);
        }
    }

    private static void Check(int index, ContextRead read, string id, WorkflowDraft draft, Ancestors ancestors, ErrorList errors)
    {
        var step = draft.Steps[index];
        var other = draft.Graph.IndexOf(id);
        if (other < 0)
        {
            ReportUnknown(read, step.Id, draft, errors);
        }
        else if (other == index)
        {
            errors.Error(
                ErrorCodes.ReadsLaterStep,
                read.Place,
                $"Step '{id}' reads its own result, which it does not have yet.",
                "Read from the trigger or from a step before it."
            );
        }
        else if (!draft.Graph.IsWhole[index])
        {
            return;
        }
        else if (!ancestors.Contains(other, index))
        {
            errors.Error(
                ErrorCodes.ReadsLaterStep,
                read.Place,
                $"Step {step.Label} reads step '{id}', which does not come before it.",
                $"Add '{id}' to \"after\", or read from a step that comes before."
            );
        }
        else if (draft.Reachability.IsKnown(index) && draft.Reachability.CannotHaveRun(other, index))
        {
            errors.Error(
                ErrorCodes.ReadsExcludedStep,
                read.Place,
                $"Step '{id}' cannot have run when {step.Label} does: its incoming edges exclude it.",
                "Read from a step on the same branch."
            );
        }
        else if (draft.Reachability.IsKnown(index))
        {
            Warn(index, other, read, draft, errors);
        }
    }

    // A status is there whatever became of the step, and who reads an error expects one.
    private static void Warn(int index, int other, ContextRead read, WorkflowDraft draft, ErrorList errors)
    {
        var (reachability, label, id) = (draft.Reachability, draft.Steps[index].Label, read.StepId);
        (string? Problem, string Remedy) error = read.StepMember switch
        {
            "status" => default,
            "error" when !reachability.MayHaveFailed(other, index) && !reachability.MayNotHaveRun(other, index) => (
                $"Step '{id}' has not failed when {label} runs; its error is then null.",
                $"Follow \"{id}.error\", or read steps.{id}.output."
            ),
            "error" => default,
            _ when reachability.MustHaveFailed(other, index) => (
                $"Step '{id}' has failed when {label} runs; its output is then null.",
                $"Read steps.{id}.error."
            ),
            _ when reachability.MayNotHaveRun(other, index) => (
                $"Step '{id}' may have been skipped, or not have finished, when {label} runs; its output is then absent.",
                Guard(id)
            ),
            _ when reachability.MayHaveFailed(other, index) => ($"Step '{id}' may have failed when {label} runs; its output is then absent.", Guard(id)),
            _ => default,
        };
        if (error.Problem is { } problem)
        {
            errors.Warning(ErrorCodes.ReadsUncertainStep, read.Place, problem, error.Remedy);
        }

        static string Guard(string? id) => $"Allow for nothing being there, or check steps.{id}.status first.";
    }

    private static void ReportUnknown(ContextRead read, string ownId, WorkflowDraft draft, ErrorList errors)
    {
        var ids = draft.Steps.Select(each => each.Id).Where(id => id.Length > 0 && id != ownId).ToArray();

        // In a template a hyphen is a minus: steps.send-mail is steps.send less mail.
        var hyphenated = Array.Find(ids, id => id.StartsWith(read.StepId! + "-", StringComparison.Ordinal));
        errors.Error(
            ErrorCodes.ReadsUnknownStep,
            read.Place,
            $"There is no step '{NearestName.Shorten(read.StepId!)}' to read from.",
            hyphenated is null ? NearestName.Advise(read.StepId!, ids) : $"If '{hyphenated}' is meant, write steps[\"{hyphenated}\"]."
        );
    }
}
