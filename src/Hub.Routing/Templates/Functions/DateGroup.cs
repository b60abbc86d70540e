using System.Globalization;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>date</c>: functions on dates, and <c>date.format</c>, which a template may set for its rendering.</summary>
internal sealed class DateGroup : BuiltinGroup
{
    public const string FormatName = "format";

    public override bool CanWrite(string name) => name == FormatName;

    public override bool TrySet(RenderState state, string name, object? value)
    {
        if (name != FormatName)
        {
            return false;
        }

        state.DateFormat = value as string ?? DateFormatting.DefaultFormat;
        return true;
    }

    public static BuiltinGroup Create()
    {
        var group = new DateGroup
        {
            AsFunction = BuiltinGroup.Function("date(any text = null)", a =>
                a[0] is null ? Builtins.All["date"] : DateParsing.Parse(Formatting.ToText(a.State, a[0]), null, null)
            ),
        };
        group.Set("default_format", DateFormatting.DefaultFormat);
        group.Set(FormatName, DateFormatting.DefaultFormat);
        return group
            .Add("now()", Now)
            .Add("utc_now()", Now)
            .Add("add_days(date date, number days)", a => OnClock(a, clock => clock.AddDays(a.Number(1))))
            .Add("add_months(date date, int months)", a => OnClock(a, clock => clock.AddMonths(a.Int(1))))
            .Add("add_years(date date, int years)", a => OnClock(a, clock => clock.AddYears(a.Int(1))))
            .Add("add_hours(date date, number hours)", a => a.Date(0).After(TimeSpan.FromHours(a.Number(1))))
            .Add("add_minutes(date date, number minutes)", a => a.Date(0).After(TimeSpan.FromMinutes(a.Number(1))))
            .Add("add_seconds(date date, number seconds)", a => a.Date(0).After(TimeSpan.FromSeconds(a.Number(1))))
            .Add("add_milliseconds(date date, number millis)", a => a.Date(0).After(TimeSpan.FromMilliseconds(a.Number(1))))
            .Add("in_zone(date? date, text zone)", a =>
                a[0] is DateValue date ? date.In(Zones.Find(a.Text(1) ?? throw a.Error(1, "The name of a time zone is needed"))) : null
            )
            .Add("parse(text text, text pattern = null, text culture = null)", a => DateParsing.Parse(a.Text(0), a.Text(1), DateParsing.Culture(a.Text(2))))
            .Add(
                "parse_to_string(text text, text output_pattern = null, text output_culture = null, text input_pattern = null, text input_culture = null)",
                a => ToText(a, DateParsing.Parse(a.Text(0), a.Text(3), DateParsing.Culture(a.Text(4))), a.Text(1), a.Text(2))
            )
            .Add("to_string(date? datetime, text pattern, text culture = null)", a =>
                ToText(a, a[0] as DateValue, a.Text(1) ?? throw a.Error(1, "A pattern is needed"), a.Text(2))
            );
    }

    private static DateValue Now(Arguments a) =>
        new((a.State.Options.Clock ?? throw a.Error("No clock was given to this template: it cannot tell the time")).GetUtcNow().UtcDateTime);

    // Days and what is longer are counted by the calendar of the date's zone: the same hour of another day.
    private static DateValue OnClock(Arguments a, Func<DateTime, DateTime> change) => a.Date(0).WithClock(change(a.Date(0).Clock));

    private static string? ToText(Arguments a, DateValue? date, string? pattern, string? culture) =>
        date is null ? null : DateFormatting.Format(a.State, date, pattern ?? a.State.DateFormat, DateParsing.Culture(culture) ?? CultureInfo.InvariantCulture);
}
