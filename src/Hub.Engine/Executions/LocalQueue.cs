using System.Collections.Concurrent;
using System.Threading.Channels;
using Hub.Engine.Parking;
using Hub.Storage.Queue;

namespace Hub.Engine.Executions;

/// <summary>
/// Executions leased to this node that wait for a runner. Room is reserved before a lease is taken, so it never overflows. A quarter of the places is kept
/// from claims and from any workflow that holds the rest, so that new executions of other workflows find room.
/// </summary>
public sealed class LocalQueue(int capacity)
{
    private readonly Channel<LeasedExecution> _channel = Channel.CreateUnbounded<LeasedExecution>();
    private readonly ConcurrentDictionary<Guid, Bound> _workflows = new();
    private readonly int _share = Math.Max(1, capacity - (capacity / 4));
    private int _reserved;
    private volatile bool _closed;

    /// <summary>Executions reserved, queued or running here.</summary>
    public int Count => Volatile.Read(ref _reserved);

    public ChannelReader<LeasedExecution> Reader => _channel.Reader;

    /// <summary>Holds a place for an execution that is about to be claimed; false when this node has enough. Whose it is shows later.</summary>
    public bool TryReserve() => TryReserveUpTo(_share);

    /// <summary>Holds a place for a new execution; false when this node has enough, or enough of this workflow.</summary>
    public bool TryReserve(Guid workflow)
    {
        var own = Of(workflow);
        if (own.IsFull || !TryReserveUpTo(capacity))
        {
            return false;
        }

        own.Take();
        return true;
    }

    /// <summary>A place that was reserved for a claim is this workflow's.</summary>
    public void Assign(Guid workflow) => Of(workflow).Take();

    /// <summary>Gives back a place of this workflow: its execution was not leased after all, or is done.</summary>
    public void Release(Guid workflow)
    {
        Of(workflow).Release();
        Release();
    }

    /// <summary>Gives back a place that was reserved for a claim and is nobody's.</summary>
    public void Release() => Interlocked.Decrement(ref _reserved);

    /// <summary>Puts a leased execution into its reserved place. False after closing: the lease must be given back.</summary>
    public bool Enqueue(LeasedExecution execution) => _channel.Writer.TryWrite(execution);

    /// <summary>Takes no more.</summary>
    public void Close()
    {
        _closed = true;
        _channel.Writer.TryComplete();
    }

    private Bound Of(Guid workflow) => _workflows.GetOrAdd(workflow, static (_, share) => new Bound("", share), _share);

    private bool TryReserveUpTo(int most)
    {
        if (!_closed && Interlocked.Increment(ref _reserved) <= most)
        {
            return true;
        }

        if (!_closed)
        {
            Interlocked.Decrement(ref _reserved);
        }

        return false;
    }
}

/// <summary>An execution in the memory of the node it is leased to.</summary>
/// <param name="LeasePeriod">The <see cref="NodeLease.Period"/> from before it was leased.</param>
/// <param name="Arrival">The room that is kept for it, when it was parked and claimed because there was some.</param>
public sealed record LeasedExecution(ClaimedExecution Execution, int LeasePeriod, Arrival? Arrival = null)
{
    /// <summary>Set while it runs.</summary>
    public RunPlace? Place { get; init; }
}
