using System.Text.Json;
using Hub.Routing.Templates;
using Hub.Routing.Templates.Functions;

namespace Hub.Routing.Tests.Templates;

/// <summary>What only holds in the processes that <see cref="HostTests"/> start.</summary>
public sealed class OtherHostTests
{
    [Fact]
    public void Host_WithoutTzdata_SaysSo()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TZDIR") == "/nonexistent", "only in the other process");
        Assert.False(Zones.AreKnown);
        var error = Assert.Throws<TemplateException>(() => Render("{{ '2026-01-01' | date.in_zone 'Europe/Vienna' }}"));
        Assert.Contains("Install the package tzdata", error.Message, StringComparison.Ordinal);
        Assert.Equal("01 Jan 2026", Render("{{ '2026-01-01' | date.in_zone 'UTC' }}"));
    }

    [Fact]
    public void Host_OfTheOtherProcess_IsAnotherOne()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(HostTests.Marker) == "1", "only in the other process");
        Assert.NotEqual("", System.Globalization.CultureInfo.CurrentCulture.Name);
        Assert.NotEqual(TimeSpan.Zero, TimeZoneInfo.Local.BaseUtcOffset);
    }

    private static string Render(string template) => Template.Parse(template).Render(JsonElement.Parse("{}"));
}
