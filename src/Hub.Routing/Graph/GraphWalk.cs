using Hub.Routing.Workflows;

namespace Hub.Routing.Graph;

/// <summary>How far one execution has come through its plan. Not thread-safe: one execution, one walk.</summary>
/// <remarks>To restore, report the recorded outcomes in any order, then ask for what is ready.</remarks>
public sealed class GraphWalk
{
    private readonly WorkflowPlan _plan;
    private readonly StepProgress[] _progress;
    private readonly ushort[] _taken;
    private readonly ushort[] _notTaken;
    private readonly Stack<int> _skipping = new();
    private List<int> _ready = [];
    private List<int> _skipped = [];
    private int _open;

    public GraphWalk(WorkflowPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        _open = plan.Steps.Count;
        _progress = new StepProgress[_open];
        _taken = new ushort[_open];
        _notTaken = new ushort[_open];
        foreach (var step in plan.Steps)
        {
            if (step.Definition.After.Count == 0)
            {
                MakeReady(step.Index);
            }
        }
    }

    /// <summary>Whether every step has completed, failed or been skipped.</summary>
    public bool IsSettled => _open == 0;

    public StepProgress ProgressOf(int step) => _progress[step];

    /// <summary>Records that a step completed; the port is set for branching steps that took one. The first outcome of a step counts.</summary>
    /// <exception cref="InvalidOperationException">The step was skipped.</exception>
    public void Complete(int step, string? port) => Settle(step, StepProgress.Completed, port);

    /// <summary>Records that a step failed for good. The first outcome of a step counts.</summary>
    /// <exception cref="InvalidOperationException">The step was skipped.</exception>
    public void Fail(int step) => Settle(step, StepProgress.Failed, StepReference.ErrorPort);

    /// <summary>Whether some step follows the error port of this one.</summary>
    public bool IsErrorHandled(int step) => _plan.HandlesErrorOf(step);

    /// <summary>The steps that became ready since the last call, in document order; each is given out once.</summary>
    public IReadOnlyList<int> TakeReady()
    {
        // A step whose outcome was reported before it was asked for is no longer ready.
        var ready = _ready.Where(step => _progress[step] == StepProgress.Ready).Order().ToArray();
        _ready = [];
        foreach (var step in ready)
        {
            _progress[step] = StepProgress.Outstanding;
        }

        return ready;
    }

    /// <summary>The steps that became skipped since the last call, in document order; each is given out once.</summary>
    public IReadOnlyList<int> TakeSkipped()
    {
        var skipped = _skipped;
        _skipped = [];
        skipped.Sort();
        return skipped;
    }

    private void Settle(int step, StepProgress outcome, string? port)
    {
        if (_progress[step] == StepProgress.Skipped)
        {
            throw new InvalidOperationException($"Step '{_plan.Steps[step].Definition.Id}' was skipped and cannot have an outcome.");
        }

        if (_progress[step] is StepProgress.Completed or StepProgress.Failed)
        {
            return;
        }

        _progress[step] = outcome;
        _open--;
        Leave(step, outcome, port);
        while (_skipping.TryPop(out var skipped))
        {
            Leave(skipped, StepProgress.Skipped, port: null);
        }
    }

    private void Leave(int step, StepProgress outcome, string? port)
    {
        foreach (var edge in _plan.OutgoingEdges[step])
        {
            var taken = outcome switch
            {
                StepProgress.Completed => edge.Port is null || (edge.Port == port && port != StepReference.ErrorPort),
                StepProgress.Failed => edge.Port == StepReference.ErrorPort,
                _ => false,
            };
            (taken ? _taken : _notTaken)[edge.To]++;
            Decide(edge.To);
        }
    }

    private void Decide(int step)
    {
        if (_progress[step] != StepProgress.Pending)
        {
            return;
        }

        var definition = _plan.Steps[step].Definition;
        var any = definition.Join == StepJoin.Any;
        if (any ? _taken[step] > 0 : _taken[step] == definition.After.Count)
        {
            MakeReady(step);
        }
        else if (any ? _notTaken[step] == definition.After.Count : _notTaken[step] > 0)
        {
            _progress[step] = StepProgress.Skipped;
            _open--;
            _skipped.Add(step);
            _skipping.Push(step);
        }
    }

    private void MakeReady(int step)
    {
        _progress[step] = StepProgress.Ready;
        _ready.Add(step);
    }
}
