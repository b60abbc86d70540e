using System.Text.Json;
using Hub.Routing.Templates;
using Hub.Routing.Templates.Functions;

namespace Hub.Routing.Tests.Templates;

/// <summary>Dates keep their instant wherever the hub runs, and show another zone's clock when asked.</summary>
public sealed class DateTests
{
    [Theory]
    [InlineData("2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25 02:30:00+02", "2026-10-25T00:30:00Z")]
    [InlineData("20261025T003000Z", "2026-10-25T00:30:00Z")]
    [InlineData("20261025T003000.25-0500", "2026-10-25T05:30:00.25Z")]
    [InlineData("2026-10-25T02:30", "2026-10-25T02:30:00Z")]
    [InlineData("2026-10-25", "2026-10-25T00:00:00Z")]
    [InlineData("2026-10-25T24:00:00Z", "2026-10-26T00:00:00Z")]
    [InlineData("2026-10-25T24:00:00", "2026-10-26T00:00:00Z")]
    [InlineData("20261025T240000+01", "2026-10-25T23:00:00Z")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.9999999Z")]
    [InlineData("2016-12-31T23:59:60", "2016-12-31T23:59:59.9999999Z")]
    [InlineData("2017-01-01T00:59:60+01:00", "2016-12-31T23:59:59.9999999Z")]
    [InlineData("Sun, 25 Oct 2026 00:30:00 GMT", "2026-10-25T00:30:00Z")]
    [InlineData("Sun, 25 Oct 2026 02:30:00 +0200", "2026-10-25T00:30:00Z")]
    [InlineData("10/25/2026 2:30 AM", "2026-10-25T02:30:00Z")]
    [InlineData("14:30", "0001-01-01T14:30:00Z")]
    public void Parse_Text_KeepsTheInstant(string text, string expected) => Check($"{{{{ date.parse '{text}' }}}}", $"\"{expected}\"");

    [Theory]
    [InlineData("2026-10-25T10:00:60Z")]
    [InlineData("2026-10-25T24:00:01Z")]
    [InlineData("2026-10-25T24:30")]
    public void Parse_TimeThatIsNone_GivesNothing(string text) =>
        Assert.Null(Template.Parse($"{{{{ date.parse '{text}' }}}}").Evaluate(JsonElement.Parse("{}")));

    [Theory]
    [InlineData("25.10.2026 +02:00 02:30", "%d.%m.%Y %Z %H:%M", "2026-10-25T00:30:00Z")]
    [InlineData("25.10.2026 02:30", "%d.%m.%Y %H:%M", "2026-10-25T02:30:00Z")]
    public void Parse_WithAPattern_KeepsTheInstant(string text, string pattern, string expected) =>
        Check($"{{{{ date.parse '{text}' '{pattern}' }}}}", $"\"{expected}\"");

    [Theory]
    [InlineData("2026-07-01T10:00:00Z", "Europe/Vienna", "2026-07-01T12:00:00+02:00")]
    [InlineData("2026-01-01T10:00:00Z", "Europe/Vienna", "2026-01-01T11:00:00+01:00")]
    [InlineData("2026-10-25T00:30:00Z", "Europe/Vienna", "2026-10-25T02:30:00+02:00")]
    [InlineData("2026-10-25T01:30:00Z", "Europe/Vienna", "2026-10-25T02:30:00+01:00")]
    [InlineData("2026-01-01T10:00:00Z", "Asia/Kathmandu", "2026-01-01T15:45:00+05:45")]
    [InlineData("2026-01-01T10:00:00Z", "America/St_Johns", "2026-01-01T06:30:00-03:30")]
    [InlineData("2026-01-01T10:00:00+05:00", "UTC", "2026-01-01T05:00:00Z")]
    public void InZone_Date_ShowsItsClockAndKeepsTheInstant(string text, string zone, string expected)
    {
        Check($"{{{{ '{text}' | date.in_zone '{zone}' }}}}", $"\"{expected}\"");
        var both = $"d = date '{text}'; z = d | date.in_zone '{zone}'";
        CheckText($"{{{{ {both}; [z == d, (z - d).ticks, z > d, (z | date.to_string '%s') == (d | date.to_string '%s')] }}}}", "[true, 0, false, true]");
    }

    [Theory]
    [InlineData("date.add_days 1", "2026-10-25T00:30:00Z", "2026-10-26T02:30:00+01:00")]
    [InlineData("date.add_hours 24", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00+01:00")]
    [InlineData("date.add_hours 1", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00+01:00")]
    [InlineData("date.add_days 1", "2026-10-24T00:30:00Z", "2026-10-25T02:30:00+02:00")]
    [InlineData("date.add_days (-1)", "2026-10-26T01:30:00Z", "2026-10-25T02:30:00+01:00")]
    [InlineData("date.add_months 1", "2026-02-28T01:30:00Z", "2026-03-28T02:30:00+01:00")]
    [InlineData("date.add_days 1", "2026-03-28T01:30:00Z", "2026-03-29T03:30:00+02:00")]
    public void Days_InAZone_KeepTheHourOfItsClock(string change, string text, string expected)
    {
        Check($"{{{{ '{text}' | date.in_zone 'Europe/Vienna' | {change} }}}}", $"\"{expected}\"");
        Check("{{ (date.in_zone '2026-10-25T10:00:00Z' 'Europe/Vienna').date }}", "2026-10-25T00:00:00+02:00");
    }

    [Theory]
    [InlineData("%F %T %Z", "2026-07-01 12:00:00 +02:00")]
    [InlineData("%s", "1782900000")]
    [InlineData("%H", "12")]
    public void ToString_InAZone_ShowsItsClock(string pattern, string expected) =>
        Check($"{{{{ '2026-07-01T10:00:00Z' | date.in_zone 'Europe/Vienna' | date.to_string '{pattern}' }}}}", $"\"{expected}\"");

    [Theory]
    [InlineData("'zzz'", "+00:00")]
    [InlineData("'O'", "2026-07-01T10:00:00.0000000+00:00")]
    [InlineData("'r'", "Wed, 01 Jul 2026 10:00:00 GMT")]
    [InlineData("'D' 'de-AT'", "Mittwoch, 1. Juli 2026")]
    [InlineData("'D' 'ja-JP'", "2026年7月1日水曜日")]
    public void Format_Date_DependsOnNoHost(string format, string expected) =>
        Check($"{{{{ date.parse '2026-07-01T10:00:00Z' | object.format {format} }}}}", $"\"{expected}\"");

    [Theory]
    [InlineData("1234567.891 | math.format 'N2' 'de-CH'", "1’234’567.89")]
    [InlineData("1234567.891 | math.format 'N2' 'en-IN'", "12,34,567.89")]
    [InlineData("1234567.891 | math.format 'N2' 'pl_PL'", "1\u00a0234\u00a0567,89")]
    [InlineData("0.256 | math.format 'P0' 'tr-TR'", "%26")]
    [InlineData("5 | math.format 'C0' 'zh-CN'", "¥5")]
    [InlineData("'2026-03-01' | date.to_string '%A %d %B' 'ru'", "воскресенье 01 март")]
    [InlineData("'2026-03-01' | date.to_string '%x' 'th-TH'", "1/3/2026")]
    [InlineData("date.parse '1 mars 2026' '%e %B %Y' 'fr' | date.to_string '%F'", "2026-03-01")]
    [InlineData("'i' | string.upcase", "I")]
    public void Culture_OfDotNet_IsKnownEverywhere(string expression, string expected) => Check($"{{{{ {expression} }}}}", $"\"{expected}\"");

    [Theory]
    [InlineData("Europe/Wien", "There is no time zone `Europe/Wien`")]
    [InlineData("../../etc/passwd", "There is no time zone")]
    [InlineData("localtime", "There is no time zone `localtime`")]
    [InlineData("", "There is no time zone")]
    public void InZone_UnknownName_IsRefused(string zone, string message)
    {
        Assert.True(Zones.AreKnown);
        var error = Assert.Throws<TemplateException>(() => Template.Parse($"{{{{ '2026-01-01' | date.in_zone '{zone}' }}}}").Evaluate(JsonElement.Parse("{}")));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PT30S", "00:00:30")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("1.02:03:04", "1.02:03:04")]
    public void Timespan_Parse_ReadsDurations(string text, string expected) => Check($"{{{{ timespan.parse '{text}' }}}}", $"\"{expected}\"");

    private static void CheckText(string template, string expected) => Assert.Equal(expected, Template.Parse(template).Render(JsonElement.Parse("{}")));

    private static void Check(string template, string expected) =>
        Assert.Equal(expected.Trim('"'), Template.Parse(template).Evaluate(JsonElement.Parse("{}"))?.ToString());
}
