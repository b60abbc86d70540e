namespace Hub.Routing.Tests.Templates;

/// <summary>A clock that stands still. Its zone is one that nothing should ask for.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("fixed", now.Offset, null, null);

    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
}
