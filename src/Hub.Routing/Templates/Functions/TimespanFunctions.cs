using System.Globalization;
using Hub.Fields;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>timespan</c>: intervals of time.</summary>
internal static class TimespanFunctions
{
    public static BuiltinGroup Create()
    {
        var group = new BuiltinGroup()
            .Add("from_days(number days)", a => TimeSpan.FromDays(a.Number(0)))
            .Add("from_hours(number hours)", a => TimeSpan.FromHours(a.Number(0)))
            .Add("from_minutes(number minutes)", a => TimeSpan.FromMinutes(a.Number(0)))
            .Add("from_seconds(number seconds)", a => TimeSpan.FromSeconds(a.Number(0)))
            .Add("from_milliseconds(number millis)", a => TimeSpan.FromMilliseconds(a.Number(0)))
            .Add("parse(text text)", a =>
                DurationText.TryParse(a.Text(0), out var time) ? time : TimeSpan.Parse(a.Text(0) ?? "", CultureInfo.InvariantCulture)
            );
        group.Set("zero", TimeSpan.Zero);
        return group;
    }

    public static object? Member(TimeSpan span, string name) =>
        name switch
        {
            "days" => Boxes.Of(span.Days),
            "hours" => Boxes.Of(span.Hours),
            "minutes" => Boxes.Of(span.Minutes),
            "seconds" => Boxes.Of(span.Seconds),
            "milliseconds" => Boxes.Of(span.Milliseconds),
            "total_days" => span.TotalDays,
            "total_hours" => span.TotalHours,
            "total_minutes" => span.TotalMinutes,
            "total_seconds" => span.TotalSeconds,
            "total_milliseconds" => span.TotalMilliseconds,
            "ticks" => Boxes.Of(span.Ticks),
            _ => null,
        };
}
