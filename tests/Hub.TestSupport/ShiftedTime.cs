namespace Hub.TestSupport;

/// <summary>The clock of a machine that is wrong by so much.</summary>
public sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}
