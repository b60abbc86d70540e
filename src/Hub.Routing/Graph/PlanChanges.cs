using System.Text.Json;
using Hub.Routing.Workflows;

namespace Hub.Routing.Graph;

/// <summary>
/// What a later version of a workflow changed about the steps of an earlier one. An execution can go on with the later version when nothing was changed
/// about the steps that it has behind it: what they do, and where they stand in the graph. How often and how long they are tried does not count.
/// </summary>
public sealed class PlanChanges
{
    private readonly Dictionary<string, string> _changed = new(StringComparer.Ordinal);
    private readonly WorkflowPlan _later;

    private PlanChanges(WorkflowPlan later) => _later = later;

    public static PlanChanges Between(WorkflowPlan earlier, WorkflowPlan later)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        var changes = new PlanChanges(later);
        var vars = VarReads.Changed(earlier.Definition.Vars, later.Definition.Vars);
        foreach (var step in earlier.Steps)
        {
            if (ChangeOf(step.Definition, later, vars) is { } change)
            {
                changes._changed[step.Definition.Id] = change;
            }
        }

        return changes;
    }

    /// <summary>What was changed about a step that is done, for people, such as "its inputs were changed"; null when nothing was.</summary>
    /// <param name="step">A step of the earlier version.</param>
    /// <param name="hasFailed">Whether it failed and the steps behind its error port took over.</param>
    public string? Of(string step, bool hasFailed) =>
        _changed.GetValueOrDefault(step) is { } change ? change
        : _later.IndexOf(step) is not (>= 0 and var index) ? "it is not there any more"
        : hasFailed && !_later.HandlesErrorOf(index) ? "nothing handles its error any more"
        : null;

    private static string? ChangeOf(StepDefinition step, WorkflowPlan later, IReadOnlySet<string> changedVars) =>
        later.IndexOf(step.Id) is not (>= 0 and var index) ? "it is not there any more"
        : later.Steps[index].Definition is var now && now.Type != step.Type ? $"its type is {now.Type} now, not {step.Type}"
        : !AreEqual(now.With, step.With) ? "its inputs were changed"
        : now.Credential != step.Credential ? "its credential was changed"
        : !DecideAlike(now, step) ? "its conditions were changed"
        : now.Join != step.Join || !now.After.ToHashSet().SetEquals(step.After) ? "it follows other steps now"
        : VarReads.MayReadAnyOf(step, changedVars) ? "the vars that it reads were changed"
        : null;

    private static bool DecideAlike(StepDefinition one, StepDefinition other) =>
        AreEqual(one.When, other.When)
        && one.Default == other.Default
        && one.Cases.Count == other.Cases.Count
        && one.Cases.Zip(other.Cases).All(pair => pair.First.Port == pair.Second.Port && AreEqual(pair.First.When, pair.Second.When));

    private static bool AreEqual(JsonElement one, JsonElement other) =>
        one.ValueKind == JsonValueKind.Undefined || other.ValueKind == JsonValueKind.Undefined
            ? one.ValueKind == other.ValueKind
            : JsonElement.DeepEquals(one, other);
}
