using Hub.Api.Health;
using Hub.Storage;
using Hub.Storage.Health;

namespace Hub.Api.Tests.Health;

public sealed class HealthRulesTests
{
    private static readonly ProbeResult Well = new(new Durability("on", "on"), null);
    private static readonly ProbeResult Silent = new(null, "it cannot be reached");
    private static readonly ProbeResult Refusing = new(new Durability("on", "on"), "its disk is full");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public void Database_ByWhatTheProbeFound_IsWellSilentOrRefusing()
    {
        Assert.Null(HealthRules.OfDatabase(Well));
        Assert.Equal("database_silent", HealthRules.OfDatabase(Silent)?.Code);
        Assert.Equal("database_refuses_writes", HealthRules.OfDatabase(Refusing)?.Code);
    }

    /// <summary>In seconds: since the last success, since the last failure, that the oldest waits; and whether the probe found all well.</summary>
    [Theory]
    [InlineData(null, null, null, true, null)]
    [InlineData(3600.0, null, null, false, null)]
    [InlineData(1.0, 2.0, null, true, null)]
    [InlineData(2.0, 1.0, null, true, "fails")]
    [InlineData(null, 1.0, null, true, "fails")]
    [InlineData(null, 60.0, null, true, null)]
    [InlineData(null, 60.0, null, false, "fails")]
    [InlineData(1.0, null, 4.0, true, null)]
    [InlineData(8.0, null, 6.0, true, "waits")]
    [InlineData(8.0, 60.0, 6.0, true, "waits")]
    public void Commits_ByTheirLastOnes_AreWellOrNot(double? success, double? failure, double? waiting, bool isProbeWell, string? expected)
    {
        var state = new CommitState(Seconds(success), Seconds(failure), "its disk is full", Seconds(waiting));
        var probe = isProbeWell ? Well : Refusing;
        Assert.Equal(expected is null ? null : $"intake_{expected}", HealthRules.OfIntake(state, probe, Patience)?.Code);
        Assert.Equal(expected is null ? null : $"journal_{expected}", HealthRules.OfJournal(state, probe, Patience)?.Code);
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;
}
