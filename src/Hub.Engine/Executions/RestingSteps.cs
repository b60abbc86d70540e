using Hub.Engine.Parking;
using Hub.Engine.Steps;
using Hub.Storage.Journal;
using Hub.Storage.Queue;

namespace Hub.Engine.Executions;

/// <summary>The steps of one execution that rest: until their time has come, or parked until there is room. Used by one runner at a time.</summary>
internal sealed class RestingSteps(TimeProvider time)
{
    private readonly Dictionary<int, Resting> _steps = [];
    private Dictionary<int, WaitEnd>? _ended;

    public bool Any => _steps.Count > 0;

    public bool AnyRetrying => _steps.Values.Any(resting => resting.Step.Record.Status == StepStatus.Retrying);

    /// <summary>What they are parked on; empty when none is.</summary>
    public IReadOnlyList<IParkingReason> ParkedOn =>
        _steps.Count == 0 ? [] : [.. _steps.Values.Select(resting => resting.ParkedOn).OfType<IParkingReason>().Distinct()];

    /// <summary>The ids of what they await; empty when none does.</summary>
    public IReadOnlyList<Guid> Awaited => _steps.Count == 0 ? [] : [.. _steps.Values.Select(resting => resting.Step.Record.Awaits?.Id).OfType<Guid>()];

    /// <summary>The one that the execution's row names.</summary>
    public string? ParkedKey => ParkedOn is [var first, ..] ? first.Key : null;

    /// <summary>Time until the first is due: what other steps took meanwhile has already passed.</summary>
    public TimeSpan NextDueIn
    {
        get
        {
            var next = _steps.Values.Min(resting => resting.Step.DueIn - time.GetElapsedTime(resting.Since));
            return next > TimeSpan.Zero ? next : TimeSpan.Zero;
        }
    }

    public void Add(int index, RecordedStep step, IParkingReason? parkedOn = null) => _steps[index] = new Resting(step, time.GetTimestamp(), parkedOn);

    public bool Contains(int index) => _steps.ContainsKey(index);

    /// <summary>Takes out a step that was due when it was loaded; null when it rests on.</summary>
    public StepRecord? TakeDue(int index)
    {
        if (!_steps.TryGetValue(index, out var resting) || !resting.Step.Due || !_steps.Remove(index))
        {
            return null;
        }

        if (resting.Step.Record.Status == StepStatus.Waiting)
        {
            (_ended ??= [])[index] = resting.Step.HasCome ? WaitEnd.HasCome : WaitEnd.TimeIsOver;
        }

        return resting.Step.Record;
    }

    /// <summary>How the rest of a step ended that was taken out, once; null when it did not wait.</summary>
    public WaitEnd? TakeEnd(int index) => _ended is not null && _ended.Remove(index, out var end) ? end : null;

    /// <param name="Since">When its time until due was measured.</param>
    private readonly record struct Resting(RecordedStep Step, long Since, IParkingReason? ParkedOn);
}
