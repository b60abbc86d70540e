using System.Threading.Channels;
using Hub.Engine.Parking;
using Hub.Storage.Queue;

namespace Hub.Engine.Executions;

/// <summary>Executions leased to this node that wait for a runner. Room is reserved before a lease is taken, so it never overflows.</summary>
public sealed class LocalQueue(int capacity)
{
    private readonly Channel<LeasedExecution> _channel = Channel.CreateUnbounded<LeasedExecution>();
    private int _reserved;
    private volatile bool _closed;

    /// <summary>Executions reserved, queued or running here.</summary>
    public int Count => Volatile.Read(ref _reserved);

    /// <summary>How many more may be leased to this node.</summary>
    public int Room => _closed ? 0 : Math.Max(0, capacity - Count);

    public ChannelReader<LeasedExecution> Reader => _channel.Reader;

    /// <summary>Holds a place for an execution that is about to be leased; false when this node has enough.</summary>
    public bool TryReserve()
    {
        if (!_closed && Interlocked.Increment(ref _reserved) <= capacity)
        {
            return true;
        }

        if (!_closed)
        {
            Interlocked.Decrement(ref _reserved);
        }

        return false;
    }

    /// <summary>Gives a place back: it was not leased after all, or is done.</summary>
    public void Release() => Interlocked.Decrement(ref _reserved);

    /// <summary>Puts a leased execution into its reserved place. False after closing: the lease must be given back.</summary>
    public bool Enqueue(LeasedExecution execution) => _channel.Writer.TryWrite(execution);

    /// <summary>Takes no more.</summary>
    public void Close()
    {
        _closed = true;
        _channel.Writer.TryComplete();
    }
}

/// <summary>An execution in the memory of the node it is leased to.</summary>
/// <param name="LeasePeriod">The <see cref="NodeLease.Period"/> from before it was leased.</param>
/// <param name="Arrival">The room that is kept for it, when it was parked and claimed because there was some.</param>
public sealed record LeasedExecution(ClaimedExecution Execution, int LeasePeriod, Arrival? Arrival = null);
