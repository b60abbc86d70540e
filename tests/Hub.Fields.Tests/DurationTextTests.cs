using System.Globalization;

namespace Hub.Fields.Tests;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("500ms", "00:00:00.5")]
    [InlineData("30s", "00:00:30")]
    [InlineData("5m", "00:05:00")]
    [InlineData("1h", "01:00:00")]
    [InlineData("2d", "2.00:00:00")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("1d2h3m4s5ms", "1.02:03:04.005")]
    [InlineData("0s", "00:00:00")]
    [InlineData("90m", "01:30:00")]
    [InlineData("PT5M", "00:05:00")]
    [InlineData("P1DT2H", "1.02:00:00")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("PT0.25S", "00:00:00.25")]
    [InlineData("PT1,5S", "00:00:01.5")]
    [InlineData("PT30S", "00:00:30")]
    [InlineData("PT1.5H", "01:30:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("0.25s", "00:00:00.25")]
    [InlineData("1h0.5m", "01:00:30")]
    [InlineData("00:05:00", "00:05:00")]
    [InlineData("1.02:03:04.5", "1.02:03:04.5")]
    public void TryParse_Duration_IsRead(string text, string expected)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.Parse(expected, CultureInfo.InvariantCulture), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("5 m")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("5M")]
    [InlineData("1y")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1Y")]
    [InlineData("P1M")]
    [InlineData("P1DT")]
    [InlineData("PT1M1H")]
    [InlineData("PT1.S")]
    [InlineData("PT5")]
    [InlineData("1.5h30m")]
    [InlineData("1.h")]
    [InlineData(".5h")]
    [InlineData("1..5s")]
    [InlineData("1e3s")]
    [InlineData(" 5m")]
    [InlineData("-00:05:00")]
    [InlineData("00:05:")]
    [InlineData("4000.00:00:00")]
    [InlineData("PT1.5H30M")]
    [InlineData("PTT5M")]
    [InlineData("24:00:00")]
    [InlineData("30:00")]
    [InlineData("00:10")]
    [InlineData("0:30")]
    [InlineData("1.00:10")]
    [InlineData("1:02:03:04")]
    [InlineData("4000d")]
    [InlineData("999999999999d")]
    [InlineData("99999999999999999999999999999999999999d")]
    public void TryParse_OtherText_IsRefused(string? text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("00:10", "It may be hours and minutes, or minutes and seconds: write 10m or 10s.")]
    [InlineData("1:30", "It may be hours and minutes, or minutes and seconds: write 1h30m or 1m30s.")]
    [InlineData("soon", DurationText.Remedy)]
    [InlineData("1:2:x", DurationText.Remedy)]
    [InlineData("a:10", DurationText.Remedy)]
    [InlineData(null, DurationText.Remedy)]
    public void Remedy_OfAClockOfTwoParts_SaysBothThatItMayMean(string? text, string remedy) => Assert.Equal(remedy, DurationText.RemedyFor(text));

    [Theory]
    [InlineData("00:00:00", "0s")]
    [InlineData("00:00:00.1", "100ms")]
    [InlineData("01:30:00", "1h30m")]
    [InlineData("1.00:00:00", "1d")]
    [InlineData("8.02:03:04.005", "8d2h3m4s5ms")]
    public void Write_Duration_IsReadAsTheSame(string duration, string text)
    {
        var given = TimeSpan.Parse(duration, CultureInfo.InvariantCulture);
        Assert.Equal(text, DurationText.Write(given));
        Assert.True(DurationText.TryParse(text, out var read));
        Assert.Equal(given, read);
    }

    [Fact]
    public void TryParse_CultureWithAComma_ReadsTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
        CultureInfo.CurrentCulture = culture;
        try
        {
            TryParse_Duration_IsRead("1.5h", "01:30:00");
            TryParse_Duration_IsRead("PT1,5S", "00:00:01.5");
            TryParse_Duration_IsRead("1.02:03:04.5", "1.02:03:04.5");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
