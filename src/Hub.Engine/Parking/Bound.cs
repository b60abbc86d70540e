namespace Hub.Engine.Parking;

/// <summary>How many of something may be held at once. Whoever owns it takes and gives back one at a time.</summary>
/// <param name="within">What each of these counts against as well.</param>
internal sealed class Bound(string key, int limit, Bound? within = null) : IParkingReason
{
    private int _held;
    private volatile bool _hasParked;

    public string Key => key;

    public int Held => Volatile.Read(ref _held);

    public bool IsFull => Held >= limit;

    public bool HasParked
    {
        get => _hasParked;
        set => _hasParked = value;
    }

    public Room Room => Room.Of(Math.Max(0, Math.Min(limit - Held, within?.Room.Now ?? int.MaxValue)));

    public void Take() => Interlocked.Increment(ref _held);

    public void Release() => Interlocked.Decrement(ref _held);
}
