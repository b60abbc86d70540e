using Hub.Engine.Catalog;
using Hub.Routing.Graph;
using Hub.Routing.Workflows;
using Hub.Storage.Queue;

namespace Hub.Engine.Replays;

/// <summary>
/// Chooses the version with which ended executions go on: the newest one of an active workflow, where it leaves unchanged what an execution has behind it
/// and comes for certain to the steps that failed; else the one it ran. A mended step is then run as mended, no call is made twice, and none is left out.
/// </summary>
public sealed class ReplayVersions(WorkflowCatalog catalog)
{
    /// <summary>The versions for many executions; what two versions differ in is found out once.</summary>
    public async Task<IReadOnlyList<VersionChoice>> ChooseAsync(IReadOnlyList<EndedExecution> executions, CancellationToken cancellationToken)
    {
        var compared = new Dictionary<(Guid, int, int), Comparison>();
        var choices = new List<VersionChoice>(executions.Count);
        foreach (var execution in executions)
        {
            if (execution.NewestVersion is not { } newest || newest == execution.Version)
            {
                choices.Add(new VersionChoice(execution, execution.Version, null));
                continue;
            }

            var key = (execution.WorkflowId, execution.Version, newest);
            if (!compared.TryGetValue(key, out var comparison))
            {
                compared[key] = comparison = await CompareAsync(execution.WorkflowId, execution.Version, newest, cancellationToken);
            }

            choices.Add(Choose(execution, newest, comparison));
        }

        return choices;
    }

    public async Task<VersionChoice> ChooseAsync(EndedExecution execution, CancellationToken cancellationToken) =>
        (await ChooseAsync([execution], cancellationToken))[0];

    private static VersionChoice Choose(EndedExecution execution, int newest, Comparison comparison)
    {
        var why = !execution.IsActive
            ? "the workflow is not active"
            : comparison.Error ?? WhatChanged(execution, comparison.Changes!) ?? WhatIsLeftOut(execution, newest, comparison);
        return why is null
            ? new VersionChoice(execution, newest, null)
            : new VersionChoice(
                execution,
                execution.Version,
                new OlderVersionReason(newest, $"It goes on with version {execution.Version}, not with version {newest}: {why}.", comparison.CallsOf(execution))
            );
    }

    /// <summary>Null when nothing was.</summary>
    private static string? WhatChanged(EndedExecution execution, PlanChanges changes)
    {
        var done = execution
            .Completed.Keys.Select(step => (Step: step, HasFailed: false))
            .Concat(execution.Handled.Select(step => (Step: step, HasFailed: true)));
        var changed = done.OrderBy(each => each.Step, StringComparer.Ordinal)
            .Select(each => (each.Step, Change: changes.Of(each.Step, each.HasFailed)))
            .Where(each => each.Change is not null)
            .Select(each => $"step '{each.Step}' has run, and {each.Change}");
        return string.Join("; ", changed) is { Length: > 0 } text ? text : null;
    }

    /// <summary>
    /// What the later version would not do again although it was tried in vain; null when it does all. A stop may go: it does no work, and taking it away is
    /// how it is mended.
    /// </summary>
    private static string? WhatIsLeftOut(EndedExecution execution, int newest, Comparison comparison)
    {
        if (execution.Undone.Count == 0)
        {
            return null;
        }

        var certainty = new StepCertainty(comparison.Later!, execution.Completed, execution.Handled);
        var leftOut = execution
            .Undone.Where(step => comparison.TypeOf(step) != FlowSteps.Stop)
            .Select(step => (Step: step, Why: certainty.WhyNot(step)))
            .Where(each => each.Why is not null)
            .Select(each => $"step '{each.Step}' has failed, and {each.Why} in version {newest}");
        return string.Join("; ", leftOut) is { Length: > 0 } text ? text : null;
    }

    private async Task<Comparison> CompareAsync(Guid workflow, int version, int newest, CancellationToken cancellationToken)
    {
        var earlier = await catalog.FindPlanAsync(workflow, version, cancellationToken);
        var later = await catalog.FindPlanAsync(workflow, newest, cancellationToken);
        return earlier.Plan is { } from && later.Plan is { } to
            ? new Comparison(PlanChanges.Between(from, to), null, from, to)
            : new Comparison(null, "one of them is no longer valid, so that they cannot be compared", earlier.Plan, later.Plan);
    }

    /// <param name="Error">Why the two cannot be compared.</param>
    private sealed record Comparison(PlanChanges? Changes, string? Error, WorkflowPlan? Earlier, WorkflowPlan? Later)
    {
        public IReadOnlyList<string> CallsOf(EndedExecution execution) =>
            [.. execution.Completed.Keys.Concat(execution.Handled).Where(IsCall).OrderBy(step => Earlier?.IndexOf(step))];

        /// <summary>Null where it cannot be known.</summary>
        public string? TypeOf(string step) => Earlier?.IndexOf(step) is >= 0 and var index ? Earlier.Steps[index].Definition.Type : null;

        private bool IsCall(string step) => TypeOf(step) is not { } type || FlowSteps.Find(type) is null;
    }
}
