namespace Hub.Engine.Resilience;

/// <summary>Which part of the latest calls failed. Used under its owner's lock.</summary>
internal sealed class FailureWindow(BreakerOptions options, TimeProvider time)
{
    private const int Slots = 10;

    private readonly (long Slot, int Calls, int Failed)[] _slots = new (long, int, int)[Slots];
    private readonly long _since = time.GetTimestamp();

    public void Add(bool failed)
    {
        var now = SlotNow();
        ref var slot = ref _slots[now % Slots];
        slot = slot.Slot == now ? slot : (now, 0, 0);
        slot.Calls++;
        slot.Failed += failed ? 1 : 0;
    }

    public bool IsFailing()
    {
        var now = SlotNow();
        var (calls, failed) = (0, 0);
        foreach (var slot in _slots)
        {
            if (slot.Slot > now - Slots)
            {
                calls += slot.Calls;
                failed += slot.Failed;
            }
        }

        return calls >= options.MinimumCalls && failed >= calls * options.FailureRatio;
    }

    public void Clear() => Array.Clear(_slots);

    /// <summary>Counts from a whole window on, so that an empty slot is always an old one.</summary>
    private long SlotNow() => Slots + (long)(time.GetElapsedTime(_since) / (options.Window / Slots));
}
