using System.Globalization;
using System.Text;

namespace Hub.Routing.Templates.Functions;

/// <summary>
/// The cultures that .NET has with ICU, as a table of the hub's own, so that a template gives the same on every machine. A line is a name, its parent and
/// what differs from the parent: for each field a letter for its place, and the value.
/// </summary>
internal static class CultureTable
{
    public const string Resource = "cultures.txt";

    private const char Separator = '\t';
    private const char FirstField = 'A';

    private static readonly Lazy<Dictionary<string, string[]>> Lines = new(Load);

    public static IReadOnlyCollection<string> Names => Lines.Value.Keys;

    public static CultureInfo? Find(string name)
    {
        if (!Lines.Value.TryGetValue(name, out var line))
        {
            return null;
        }

        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        Fill(culture.NumberFormat, culture.DateTimeFormat, line);
        return CultureInfo.ReadOnly(culture);
    }

    /// <summary>The line of a culture, from one that the system has.</summary>
    public static string Line(string name, string parentName, CultureInfo culture, CultureInfo parent)
    {
        var line = new StringBuilder(name).Append(Separator).Append(parentName);
        var (dates, dateParent) = (Gregorian(culture), Gregorian(parent));
        for (var i = 0; i < CultureField.All.Count; i++)
        {
            var value = CultureField.All[i].Read(culture.NumberFormat, dates);
            if (value != CultureField.All[i].Read(parent.NumberFormat, dateParent))
            {
                line.Append(Separator).Append((char)(FirstField + i)).Append(value);
            }
        }

        return line.ToString();
    }

    private static void Fill(NumberFormatInfo numbers, DateTimeFormatInfo dates, string[] line)
    {
        if (line[1].Length > 0)
        {
            Fill(numbers, dates, Lines.Value[line[1]]);
        }

        foreach (var field in line.AsSpan(2))
        {
            CultureField.All[field[0] - FirstField].Write(numbers, dates, field[1..]);
        }
    }

    // Dates have Gregorian years in every culture, as the data that they come from.
    private static DateTimeFormatInfo Gregorian(CultureInfo culture)
    {
        var dates = (DateTimeFormatInfo)culture.DateTimeFormat.Clone();
        if (dates.Calendar is not GregorianCalendar && culture.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault() is { } calendar)
        {
            dates.Calendar = calendar;
        }

        dates.FullDateTimePattern = WithEra(dates.FullDateTimePattern, dates);
        dates.LongDatePattern = WithEra(dates.LongDatePattern, dates);
        dates.ShortDatePattern = WithEra(dates.ShortDatePattern, dates);
        dates.MonthDayPattern = WithEra(dates.MonthDayPattern, dates);
        dates.YearMonthPattern = WithEra(dates.YearMonthPattern, dates);
        return dates;
    }

    // The name of an era cannot be set on a culture, so a pattern holds it as it is written.
    private static string WithEra(string pattern, DateTimeFormatInfo dates)
    {
        var text = new StringBuilder();
        var inQuotes = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            inQuotes ^= pattern[i] == '\'';
            if (inQuotes || pattern[i] != 'g')
            {
                text.Append(pattern[i]);
            }
            else if (i == 0 || pattern[i - 1] != 'g')
            {
                text.Append('\'').Append(dates.GetEraName(Calendar.CurrentEra)).Append('\'');
            }
        }

        return text.ToString();
    }

    private static Dictionary<string, string[]> Load()
    {
        using var stream = typeof(CultureTable).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var lines = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                var parts = line.Split(Separator);
                lines.Add(parts[0], parts);
            }
        }

        return lines;
    }
}
