using Hub.Routing.Workflows;

namespace Hub.Routing.Graph;

/// <summary>Whether an execution that goes on from what it has behind it comes to a step for certain, provided that nothing fails on the way.</summary>
public sealed class StepReachability
{
    private readonly WorkflowPlan _plan;
    private readonly GraphWalk _walk;
    private readonly Dictionary<string, string?> _ports = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string?> _obstacles = [];

    /// <param name="plan">A version in which the steps that are done stand as they did.</param>
    /// <param name="completed">The steps that completed, with the ports they took.</param>
    /// <param name="handled">The steps that failed and left by their error port.</param>
    public StepReachability(WorkflowPlan plan, IEnumerable<KeyValuePair<string, string?>> completed, IEnumerable<string> handled)
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

        return Obstacle(index) is { } decider ? $"runs or not as '{decider}' decides" : null;
    }

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
