namespace Hub.Routing.Templates.Values;

/// <summary>
/// An instant, and the zone whose clock its parts and texts show: UTC unless a template asks for another. Two are equal when their instants are.
/// </summary>
internal sealed class DateValue : IEquatable<DateValue>
{
    private readonly DateTime _utc;

    public DateValue(DateTime utc, TimeZoneInfo? zone = null)
    {
        _utc = DateTime.SpecifyKind(utc, DateTimeKind.Utc);
        Zone = zone ?? TimeZoneInfo.Utc;
        Offset = ReferenceEquals(Zone, TimeZoneInfo.Utc) ? TimeSpan.Zero : Zone.GetUtcOffset(_utc);
        Clock = DateTime.SpecifyKind(_utc + Offset, DateTimeKind.Unspecified);
    }

    public TimeZoneInfo Zone { get; }

    public TimeSpan Offset { get; }

    /// <summary>What a clock in the zone shows.</summary>
    public DateTime Clock { get; }

    public DateTimeOffset Instant => new(Clock, Offset);

    public DateValue In(TimeZoneInfo zone) => new(_utc, zone);

    /// <summary>So much later, whatever clocks are put forward or back meanwhile.</summary>
    public DateValue After(TimeSpan time) => new(_utc + time, Zone);

    /// <summary>
    /// When the zone's clock shows something else. In an hour that comes twice it stays in the one that it is in, where that is possible; a time that
    /// a clock put forward leaps over is as long after the leap.
    /// </summary>
    public DateValue WithClock(DateTime clock)
    {
        if (ReferenceEquals(Zone, TimeZoneInfo.Utc))
        {
            return new DateValue(clock);
        }

        clock = DateTime.SpecifyKind(clock, DateTimeKind.Unspecified);
        var offset =
            !Zone.IsAmbiguousTime(clock) ? Zone.GetUtcOffset(clock)
            : Zone.GetAmbiguousTimeOffsets(clock) is var offsets && Array.IndexOf(offsets, Offset) >= 0 ? Offset
            : offsets.Max();
        return new DateValue(clock - offset, Zone);
    }

    public static TimeSpan operator -(DateValue left, DateValue right) => left._utc - right._utc;

    public int Order(DateValue other) => _utc.CompareTo(other._utc);

    public bool Equals(DateValue? other) => other is not null && _utc == other._utc;

    public override bool Equals(object? obj) => Equals(obj as DateValue);

    public override int GetHashCode() => _utc.GetHashCode();
}
