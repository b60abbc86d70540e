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
        var group = new DateGroup { AsFunction = BuiltinGroup.Function("date(any text = null)", a => a[0] is null ? Builtins.All["date"] : DateParsing.Parse(a.State, Formatting.ToText(a.State, a[0]), null, null)) };
        group.Set("default_format", DateFormatting.DefaultFormat);
        group.Set(FormatName, DateFormatting.DefaultFormat);
        return group
            .Add("now()", a => Now(a, utc: false))
            .Add("utc_now()", a => Now(a, utc: true))
            .Add("add_days(date date, number days)", a => a.Date(0).AddDays(a.Number(1)))
            .Add("add_months(date date, int months)", a => a.Date(0).AddMonths(a.Int(1)))
            .Add("add_years(date date, int years)", a => a.Date(0).AddYears(a.Int(1)))
            .Add("add_hours(date date, number hours)", a => a.Date(0).AddHours(a.Number(1)))
            .Add("add_minutes(date date, number minutes)", a => a.Date(0).AddMinutes(a.Number(1)))
            .Add("add_seconds(date date, number seconds)", a => a.Date(0).AddSeconds(a.Number(1)))
            .Add("add_milliseconds(date date, number millis)", a => a.Date(0).AddMilliseconds(a.Number(1)))
            .Add("parse(text text, text pattern = null, text culture = null)", a => DateParsing.Parse(a.State, a.Text(0), a.Text(1), DateParsing.Culture(a.Text(2))))
            .Add(
                "parse_to_string(text text, text output_pattern = null, text output_culture = null, text input_pattern = null, text input_culture = null)",
                a => ToText(a, DateParsing.Parse(a.State, a.Text(0), a.Text(3), DateParsing.Culture(a.Text(4))), a.Text(1), a.Text(2)))
            .Add("to_string(date? datetime, text pattern, text culture = null)", a => ToText(
                a,
                a[0] is DateTime date ? date : null,
                a.Text(1) ?? throw a.Error(1, "A pattern is needed"),
                a.Text(2)));
    }

    private static DateTime Now(Arguments a, bool utc)
    {
        var clock = a.State.Options.Clock ?? throw a.Error("No clock was given to this template: it cannot tell the time");
        return utc ? clock.GetUtcNow().UtcDateTime : DateTime.SpecifyKind(clock.GetLocalNow().DateTime, DateTimeKind.Unspecified);
    }

    private static string? ToText(Arguments a, DateTime? date, string? pattern, string? culture) =>
        date is null ? null : DateFormatting.Format(a.State, date.Value, pattern ?? a.State.DateFormat, DateParsing.Culture(culture) ?? CultureInfo.InvariantCulture);
}
