using Hub.Routing.Workflows;

namespace Hub.Routing.Graph;

/// <summary>Whether an execution that goes on from what it has behind it comes to a step for certain, provided that nothing fails on the way.</summary>
public sealed class StepCertainty
{
    private readonly WorkflowPlan _plan;
    private readonly GraphWalk _walk;
    private readonly Dictionary<string, string?> _ports = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string?> _obstacles = [];
    private readonly Dictionary<(int Step, int Needed), bool> _needs = [];

    /// <param name="plan">A version in which the steps that are done stand as they did.</param>
    /// <param name="completed">The steps that completed, with the ports they took.</param>
    /// <param name="handled">The steps that failed and left by their error port.</param>
    public StepCertainty(WorkflowPlan plan, IEnumerable<KeyValuePair<string, string?>> completed, IEnumerable<string> handled)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(completed);
        ArgumentNullException.ThrowIfNull(handled);
        (_plan, _walk) = (plan, new GraphWalk(plan));
        foreach (var (step, port) in completed)
        {
            _walk.Complete(plan.IndexOf(step), port);
            _ports[step] = port;
        }

        foreach (var step in handled)
        {
            _walk.Fail(plan.IndexOf(step));
            _ports[step] = StepReference.ErrorPort;
        }
    }

    /// <summary>Why a step may not run, for people, such as "is on another branch"; null when it runs.</summary>
    public string? WhyNot(string step)
    {
        if (_plan.IndexOf(step) is not (>= 0 and var index))
        {
            return "is gone";
        }

        if (_walk.ProgressOf(index) == StepProgress.Skipped)
        {
            return "is on another branch";
        }

        return (Obstacle(index) ?? StopBefore(index)) is { } decider ? $"runs or not as '{decider}' decides" : null;
    }

    /// <summary>The first step that may stop the execution before another one has run; null when none does.</summary>
    private string? StopBefore(int index) =>
        _walk.ProgressOf(index) is StepProgress.Completed or StepProgress.Failed
            ? null
            : _plan
                .Steps.FirstOrDefault(step =>
                    step.Definition.Type == FlowSteps.Stop
                    && step.Index != index
                    && _walk.ProgressOf(step.Index) is not (StepProgress.Completed or StepProgress.Failed or StepProgress.Skipped)
                    && !Needs(step.Index, index)
                )
                ?.Definition.Id;

    /// <summary>Whether a step runs only after another one did.</summary>
    private bool Needs(int step, int needed)
    {
        if (_needs.TryGetValue((step, needed), out var known))
        {
            return known;
        }

        var definition = _plan.Steps[step].Definition;
        bool Leads(StepReference edge) => _plan.IndexOf(edge.StepId) is var from && (from == needed || Needs(from, needed));
        var needs =
            definition.Join == StepJoin.Any
                ? definition.After.Count > 0 && definition.After.All(edge => IsNeverTaken(edge) || Leads(edge))
                : definition.After.Any(Leads);
        return _needs[(step, needed)] = needs;
    }

    private bool IsNeverTaken(StepReference edge) =>
        _walk.ProgressOf(_plan.IndexOf(edge.StepId)) switch
        {
            StepProgress.Completed or StepProgress.Failed => !IsTaken(edge),
            StepProgress.Skipped => true,
            _ => false,
        };

    /// <summary>The first step on the way that may lead elsewhere; null when none does.</summary>
    private string? Obstacle(int index)
    {
        if (_walk.ProgressOf(index) != StepProgress.Pending)
        {
            return null;
        }

        if (!_obstacles.TryGetValue(index, out var obstacle))
        {
            var definition = _plan.Steps[index].Definition;
            var ofEdges = definition.After.Select(Obstacle).ToList();
            obstacle = definition.Join == StepJoin.Any && ofEdges.Contains(null) ? null : ofEdges.Find(static step => step is not null);
            _obstacles[index] = obstacle;
        }

        return obstacle;
    }

    private string? Obstacle(StepReference edge)
    {
        var index = _plan.IndexOf(edge.StepId);
        return _walk.ProgressOf(index) switch
        {
            StepProgress.Completed or StepProgress.Failed => IsTaken(edge) ? null : edge.StepId,
            StepProgress.Skipped => edge.StepId,
            _ when edge.Port is not null || _plan.Steps[index].Definition.Type == FlowSteps.Stop => edge.StepId,
            _ => Obstacle(index),
        };
    }

    private bool IsTaken(StepReference edge) => _ports[edge.StepId] is var port && (edge.Port is null ? port != StepReference.ErrorPort : edge.Port == port);
}
