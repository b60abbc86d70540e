using Hub.Connectors.Contract;
using Hub.Engine.Parking;
using Hub.Engine.Steps;

namespace Hub.Engine.Executions;

/// <summary>The place of one run among those that are large, taken when it becomes so, and what its calls under way hold. Used by one runner.</summary>
public sealed class RunPlace(LargePlaces large, ParkedWork parked, Guid workflow) : IDisposable
{
    /// <summary>Inputs, and a run context, up to this many bytes need no place.</summary>
    public const int Small = 256 << 10;

    private static readonly ConnectorError NoPlace = new(
        "no_place",
        "Many executions with large data run at the moment; this one waits for its turn.",
        Retryable: true
    );

    private long _inputs;

    public bool IsTaken { get; private set; }

    /// <summary>Bytes that the inputs of calls under way have.</summary>
    public long Inputs => Interlocked.Read(ref _inputs);

    /// <returns>Null when there is a place; else what there is none of.</returns>
    internal Bound? TryTake()
    {
        if (!IsTaken && large.TryTake(workflow) is { } full)
        {
            return full;
        }

        IsTaken = true;
        return null;
    }

    /// <summary>The same for a step that has begun: it is put off when there is no place.</summary>
    public Parked? TakeOrPark() => TryTake() is { } full ? new Parked(full, NoPlace, parked.RestFor(full)) : null;

    public void Hold(int bytes) => Interlocked.Add(ref _inputs, bytes);

    public void LetGo(int bytes) => Interlocked.Add(ref _inputs, -bytes);

    public void Dispose()
    {
        if (IsTaken)
        {
            IsTaken = false;
            large.Release(workflow);
        }
    }
}
