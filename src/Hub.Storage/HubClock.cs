namespace Hub.Storage;

/// <summary>
/// The hub's time. It is this machine's, unless that differs from the database's by more than a minute: then it is the database's, so that ids and times
/// of receipt fit the ranges by which deliveries are ordered and kept.
/// </summary>
/// <param name="machine">This machine's clock.</param>
public sealed class HubClock(TimeProvider machine) : TimeProvider
{
    /// <summary>Smaller differences are left: they harm nothing, and measuring is not exact.</summary>
    internal static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private long _offset;

    /// <summary>What is added to this machine's time; zero while the two agree.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Volatile.Read(ref _offset));

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Offset;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes note of the database's time at this moment. True when the hub's time changed by it.</summary>
    internal bool Set(DateTimeOffset database)
    {
        var difference = database - machine.GetUtcNow();
        var offset = difference.Duration() > Tolerance ? difference : TimeSpan.Zero;
        if ((offset - Offset).Duration() <= Tolerance && (offset == TimeSpan.Zero) == (Offset == TimeSpan.Zero))
        {
            return false;
        }

        Volatile.Write(ref _offset, offset.Ticks);
        return true;
    }
}
