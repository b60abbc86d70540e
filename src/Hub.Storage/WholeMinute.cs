namespace Hub.Storage;

/// <summary>The slots of time that requests are counted in.</summary>
public static class WholeMinute
{
    /// <summary>The minute that a moment lies in, in UTC.</summary>
    public static DateTimeOffset Of(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
