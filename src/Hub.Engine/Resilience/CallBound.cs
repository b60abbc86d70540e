using Hub.Engine.Parking;

namespace Hub.Engine.Resilience;

/// <summary>
/// How many calls may be under way for one key, and who waits in memory for a turn. All but the key is read and written under the gate's lock.
/// </summary>
/// <param name="kind">What is bounded: destination, workflow or workspace.</param>
/// <param name="breaker">Of a destination.</param>
internal sealed class CallBound(string kind, string name, int limit, Lock gate, TimeProvider time, DestinationBreaker? breaker = null) : IParkingReason
{
    private readonly Queue<CallWaiter> _waiting = new();
    private volatile bool _hasParked;
    private int _held;
    private int _waits;

    /// <summary>When it last became full or a place became free.</summary>
    private long _changedAt;

    public string Key { get; } = $"{kind}|{name}";

    public string Kind => kind;

    public string Name => name;

    public int Limit => limit;

    public DestinationBreaker? Breaker => breaker;

    public bool HasParked
    {
        get => _hasParked;
        set => _hasParked = value;
    }

    /// <summary>Whether nothing would be forgotten with it.</summary>
    public bool IsIdle => _held == 0 && _waits == 0 && !HasParked && breaker is not { IsIdle: false };

    public Room Room
    {
        get
        {
            lock (gate)
            {
                var free = Math.Max(0, limit - _held - _waits);
                var room = breaker?.Room() ?? Room.Of(free);
                return room with { Now = Math.Min(room.Now, free) };
            }
        }
    }

    /// <summary>While some are parked a quarter is theirs: what comes anew must not keep them waiting for ever.</summary>
    public bool HasRoom(bool isFromParking) => _held < (HasParked && !isFromParking ? Math.Max(1, limit * 3 / 4) : limit);

    /// <summary>Whether none of those under way has ended for so long: to wait in memory is no use.</summary>
    public bool IsStuckFor(TimeSpan wait) => _held >= limit && time.GetElapsedTime(_changedAt) > wait;

    public void Take()
    {
        if (++_held >= limit)
        {
            _changedAt = time.GetTimestamp();
        }
    }

    public void Release()
    {
        _held--;
        _changedAt = time.GetTimestamp();
    }

    public void Enqueue(CallWaiter waiter)
    {
        waiter.At = this;
        _waits++;
        _waiting.Enqueue(waiter);
    }

    /// <summary>One of those that wait has been settled, or waits elsewhere now.</summary>
    public void WaitsNoMore() => _waits--;

    /// <summary>The first that still waits here; it stays in the queue.</summary>
    public CallWaiter? Peek()
    {
        while (_waiting.TryPeek(out var first))
        {
            if (!first.IsSettled && first.At == this)
            {
                return first;
            }

            _waiting.Dequeue();
        }

        return null;
    }
}
