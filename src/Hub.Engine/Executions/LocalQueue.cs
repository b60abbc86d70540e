using System.Collections.Concurrent;
using System.Threading.Channels;
using Hub.Engine.Parking;
using Hub.Storage.Queue;

namespace Hub.Engine.Executions;

/// <summary>
/// Executions leased to this node that wait for a runner. Room is reserved before a lease is taken, so it never overflows: places, and bytes of what is held
/// in memory for them. A quarter of both is kept from claims, and of the places from any workflow that holds the rest, so that new executions of other
/// workflows find room.
/// </summary>
/// <param name="capacity">Executions.</param>
/// <param name="maxBytes">Bytes of all of them together.</param>
public sealed class LocalQueue(int capacity, long maxBytes)
{
    /// <summary>
    /// Reserved for one that is about to be claimed, until its size is known: a body, and what is recorded of its steps, of two bytes a character.
    /// </summary>
    internal const int LargestClaimed = 3 * ExecutionQueue.LargeBody;

    private readonly Channel<LeasedExecution> _channel = Channel.CreateUnbounded<LeasedExecution>();
    private readonly ConcurrentDictionary<Guid, Bound> _workflows = new();
    private readonly int _share = Math.Max(1, capacity - (capacity / 4));
    private int _reserved;
    private long _bytes;
    private volatile bool _closed;

    /// <summary>Executions reserved, queued or running here.</summary>
    public int Count => Volatile.Read(ref _reserved);

    /// <summary>What is held in memory for them, and reserved for claims.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public ChannelReader<LeasedExecution> Reader => _channel.Reader;

    /// <summary>Holds a place for an execution that is about to be claimed; false when this node has enough. Whose it is shows later.</summary>
    public bool TryReserve() => TryReserveUpTo(_share, LargestClaimed, maxBytes - (maxBytes / 4));

    /// <summary>Holds a place for a new execution; false when this node has enough, or enough of this workflow.</summary>
    /// <param name="bytes">What is held in memory for it.</param>
    public bool TryReserve(Guid workflow, int bytes)
    {
        var own = Of(workflow);
        if (own.IsFull || !TryReserveUpTo(capacity, bytes, maxBytes))
        {
            return false;
        }

        own.Take();
        return true;
    }

    /// <summary>A place that was reserved for a claim is this workflow's, and so large.</summary>
    public void Assign(Guid workflow, int bytes)
    {
        Of(workflow).Take();
        Interlocked.Add(ref _bytes, bytes - LargestClaimed);
    }

    /// <summary>Gives back a place of this workflow: its execution was not leased after all, or is done.</summary>
    public void Release(Guid workflow, int bytes)
    {
        Of(workflow).Release();
        Free(bytes);
    }

    /// <summary>Gives back a place that was reserved for a claim and is nobody's.</summary>
    public void Release() => Free(LargestClaimed);

    /// <summary>Puts a leased execution into its reserved place. False after closing: the lease must be given back.</summary>
    public bool Enqueue(LeasedExecution execution) => _channel.Writer.TryWrite(execution);

    /// <summary>Takes no more.</summary>
    public void Close()
    {
        _closed = true;
        _channel.Writer.TryComplete();
    }

    private Bound Of(Guid workflow) => _workflows.GetOrAdd(workflow, static (_, share) => new Bound("", share), _share);

    private void Free(int bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Decrement(ref _reserved);
    }

    private bool TryReserveUpTo(int most, int bytes, long mostBytes)
    {
        if (_closed)
        {
            return false;
        }

        var isPlace = Interlocked.Increment(ref _reserved) <= most;
        if (Interlocked.Add(ref _bytes, bytes) <= mostBytes && isPlace)
        {
            return true;
        }

        Free(bytes);
        return false;
    }
}
