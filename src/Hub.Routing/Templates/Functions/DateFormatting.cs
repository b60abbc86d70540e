using System.Globalization;
using System.Text;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary>Dates as text, by the letters that strftime knows.</summary>
internal static class DateFormatting
{
    public const string DefaultFormat = "%d %b %Y";

    /// <summary>The .NET format of a letter; null when there is none, as when only numbers of weeks could tell.</summary>
    public static string? NetFormat(char letter) =>
        letter switch
        {
            'a' => "ddd",
            'A' => "dddd",
            'b' or 'h' => "MMM",
            'B' => "MMMM",
            'c' => "ddd MMM dd HH:mm:ss yyyy",
            'd' => "dd",
            'D' => "MM/dd/yy",
            'e' => "%d",
            'F' => "yyyy-MM-dd",
            'H' => "HH",
            'I' => "hh",
            'k' => "%H",
            'l' => "%h",
            'L' => "fff",
            'm' => "MM",
            'M' => "mm",
            'N' => "fffffff00",
            'p' or 'P' => "tt",
            'r' => "hh:mm:ss tt",
            'R' => "HH:mm",
            'S' => "ss",
            'T' => "HH:mm:ss",
            'x' => "d",
            'X' => "T",
            'y' => "yy",
            'Y' => "yyyy",
            'Z' => "zzz",
            _ => null,
        };

    public static string Format(RenderState state, DateValue date, string pattern, CultureInfo culture)
    {
        if (pattern == "%g")
        {
            pattern = "%g " + state.DateFormat;
        }

        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                text.Append(pattern[i]);
                continue;
            }

            var letter = pattern[++i];
            if (letter == 'g')
            {
                culture = CultureInfo.InvariantCulture;
            }
            else
            {
                text.Append(Part(date, letter, culture) ?? $"%{letter}");
            }

            if (text.Length > state.Limits.StringLength)
            {
                throw state.Reached(nameof(TemplateLimits.StringLength), state.Limits.StringLength);
            }
        }

        return state.Charged(text.ToString());
    }

    public static object? Member(DateValue date, string name) => Member(date, date.Clock, name);

    private static object? Member(DateValue date, DateTime clock, string name) =>
        name switch
        {
            "year" => Boxes.Of(clock.Year),
            "month" => Boxes.Of(clock.Month),
            "day" => Boxes.Of(clock.Day),
            "day_of_year" => Boxes.Of(clock.DayOfYear),
            "day_of_week" => clock.DayOfWeek.ToString(),
            "hour" => Boxes.Of(clock.Hour),
            "minute" => Boxes.Of(clock.Minute),
            "second" => Boxes.Of(clock.Second),
            "millisecond" => Boxes.Of(clock.Millisecond),
            "ticks" => Boxes.Of(clock.Ticks),
            "date" => date.WithClock(clock.Date),
            "time_of_day" => clock.TimeOfDay,
            _ => null,
        };

    public static string OffsetText(DateValue date) =>
        (date.Offset < TimeSpan.Zero ? "-" : "+") + date.Offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);

    private static string? Part(DateValue value, char letter, CultureInfo culture)
    {
        var date = value.Clock;
        var calendar = culture.Calendar;
        return letter switch
        {
            'e' or 'k' or 'l' => date.ToString(NetFormat(letter), culture).PadLeft(2),
            'P' => date.ToString("tt", culture).ToLowerInvariant(),
            'C' => (date.Year / 100).ToString("D2", culture),
            'j' => date.DayOfYear.ToString("D3", culture),
            'n' => "\n",
            't' => "\t",
            '%' => "%",
            's' => value.Instant.ToUnixTimeSeconds().ToString(culture),
            'u' => (date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek).ToString(culture),
            'w' => ((int)date.DayOfWeek).ToString(culture),
            'U' => calendar.GetWeekOfYear(date, culture.DateTimeFormat.CalendarWeekRule, DayOfWeek.Sunday).ToString("D2", culture),
            'W' => calendar.GetWeekOfYear(date, culture.DateTimeFormat.CalendarWeekRule, DayOfWeek.Monday).ToString("D2", culture),
            'V' => ISOWeek.GetWeekOfYear(date).ToString("D2", culture),
            'v' => string.Create(
                CultureInfo.InvariantCulture,
                $"{date.Day, 2}-{date.ToString("MMM", CultureInfo.InvariantCulture).ToUpperInvariant()}-{date.Year:D4}"
            ),
            'Z' => OffsetText(value),
            _ => NetFormat(letter) is { } format ? date.ToString(format, culture) : null,
        };
    }
}
