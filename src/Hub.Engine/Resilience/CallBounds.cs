namespace Hub.Engine.Resilience;

/// <summary>The bounds of all destinations, workflows and workspaces that are called. Used under the gate's lock.</summary>
internal sealed class CallBounds(Lock gate, ScatteredWait waits, CallOptions options, BreakerOptions breakers, TimeProvider time)
{
    private const int Many = 10_000;

    private readonly Dictionary<(string Workspace, string Name), CallBound> _destinations = [];
    private readonly Dictionary<Guid, CallBound> _workflows = [];
    private readonly Dictionary<string, CallBound> _workspaces = new(StringComparer.Ordinal);
    private int _sweepAt = Many;

    public CallRoute Of(string destination, CallOrder order)
    {
        if (_destinations.Count + _workflows.Count > _sweepAt)
        {
            Sweep();
        }

        if (!_destinations.TryGetValue((order.Workspace, destination), out var to))
        {
            var breaker = new DestinationBreaker(breakers, waits, time);
            to = new CallBound("destination", $"{order.Workspace}|{destination}", options.PerDestination, gate, time, breaker);
            _destinations[(order.Workspace, destination)] = to;
        }

        if (!_workflows.TryGetValue(order.Workflow, out var workflow))
        {
            _workflows[order.Workflow] = workflow = new CallBound("workflow", order.Workflow.ToString(), options.PerWorkflow, gate, time);
        }

        if (!_workspaces.TryGetValue(order.Workspace, out var workspace))
        {
            _workspaces[order.Workspace] = workspace = new CallBound("workspace", order.Workspace, options.PerWorkspace, gate, time);
        }

        return new(to, workflow, workspace);
    }

    /// <summary>Forgets those that hold nothing and have nothing to remember.</summary>
    private void Sweep()
    {
        foreach (var (key, bound) in _destinations)
        {
            if (bound.IsIdle)
            {
                _destinations.Remove(key);
            }
        }

        foreach (var (key, bound) in _workflows)
        {
            if (bound.IsIdle)
            {
                _workflows.Remove(key);
            }
        }

        _sweepAt = Math.Max(Many, 2 * (_destinations.Count + _workflows.Count));
    }
}
