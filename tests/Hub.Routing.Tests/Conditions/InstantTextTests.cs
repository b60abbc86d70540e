using Hub.Routing.Conditions;

namespace Hub.Routing.Tests.Conditions;

public sealed class InstantTextTests
{
    [Theory]
    [InlineData("2026-01-01T10:00:00Z", "2026-01-01T10:00:00.0000000+00:00")]
    [InlineData("2026-01-01 10:00:00+00", "2026-01-01T10:00:00.0000000+00:00")]
    [InlineData("2026-01-01T10:00:00-05", "2026-01-01T15:00:00.0000000+00:00")]
    [InlineData("2026-01-01T10:00:00-0530", "2026-01-01T15:30:00.0000000+00:00")]
    [InlineData("2026-01-01t10:00z", "2026-01-01T10:00:00.0000000+00:00")]
    [InlineData("20260101T100000Z", "2026-01-01T10:00:00.0000000+00:00")]
    [InlineData("20260101T1000+0100", "2026-01-01T09:00:00.0000000+00:00")]
    [InlineData("20260101T100000.5+01", "2026-01-01T09:00:00.5000000+00:00")]
    [InlineData("2026-01-01T10:00:00,123456789Z", "2026-01-01T10:00:00.1234567+00:00")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.9999999+00:00")]
    [InlineData("2017-01-01T00:59:60.5+01:00", "2016-12-31T23:59:59.9999999+00:00")]
    [InlineData("2026-01-01T24:00:00Z", "2026-01-02T00:00:00.0000000+00:00")]
    [InlineData("2024-02-28T24:00:00.000Z", "2024-02-29T00:00:00.0000000+00:00")]
    [InlineData("2026-12-31T24:00+01:00", "2026-12-31T23:00:00.0000000+00:00")]
    [InlineData("20260101T240000-05", "2026-01-02T05:00:00.0000000+00:00")]
    [InlineData("2026-01-01T10:00:00+23:59", "2025-12-31T10:01:00.0000000+00:00")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000+00:00")]
    public void TryParse_Instant_IsGivenInUtc(string text, string expected)
    {
        Assert.True(InstantText.TryParse(text, out var instant));
        Assert.Equal(expected, instant.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-01-01")]
    [InlineData("2026-01-01T10:00:00")]
    [InlineData("2026-01-01T10:00:0Z")]
    [InlineData("2026-01-01T10:00:61Z")]
    [InlineData("2026-01-01T10:00:60Z")]
    [InlineData("2026-01-01T24:00:01Z")]
    [InlineData("2026-01-01T24:00:00.0000001Z")]
    [InlineData("2026-01-01T24:01Z")]
    [InlineData("2026-01-01T24:00:60Z")]
    [InlineData("2026-01-01T25:00:00Z")]
    [InlineData("9999-12-31T24:00:00Z")]
    [InlineData("2026-02-29T10:00:00Z")]
    [InlineData("2026-13-01T10:00:00Z")]
    [InlineData("2026-01-01T10:00:00.Z")]
    [InlineData("2026-01-01T10:00:00+1")]
    [InlineData("2026-01-01T10:00:00+01:")]
    [InlineData("2026-01-01T10:00:00+01:60")]
    [InlineData("2026-01-01T10:00:00Zz")]
    [InlineData("2026-01-01T100000Z")]
    [InlineData("20260101T10:00:00Z")]
    [InlineData("20260101 10:00Z ")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("２026-01-01T10:00:00Z")]
    public void TryParse_OtherText_IsRefused(string? text) => Assert.False(InstantText.TryParse(text, out _));

    [Fact]
    public void LeapSecond_LiesBetweenItsNeighbours()
    {
        string[] texts = ["2016-12-31T23:59:59.5Z", "20161231T235960Z", "2017-01-01T00:00:00+00"];
        var instants = texts.Select(text => InstantText.TryParse(text, out var instant) ? instant : throw new FormatException(text)).ToArray();
        Assert.True(instants[0] < instants[1] && instants[1] < instants[2]);
    }
}
