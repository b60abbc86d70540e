using System.Globalization;
using System.Text;
using Hub.Routing.Conditions;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary>
/// Texts as dates. One without an offset is taken as UTC, and none depends on where and when the hub runs. ISO 8601 is read as conditions read it.
/// </summary>
internal static class DateParsing
{
    private const DateTimeStyles Styles = DateTimeStyles.NoCurrentDateDefault | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>Null when the text is no date of that pattern.</summary>
    public static DateValue? Parse(string? text, string? pattern, CultureInfo? culture)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 200)
        {
            return null;
        }

        if (pattern is null && InstantText.TryParseAsUtc(text, out var instant))
        {
            return new DateValue(instant.UtcDateTime);
        }

        culture ??= CultureInfo.InvariantCulture;
        var format = pattern is null ? null : NetPattern(pattern, ref culture);
        var known = format is null ? DateTime.TryParse(text, culture, Styles, out var date) : DateTime.TryParseExact(text, format, culture, Styles, out date);
        return known ? new DateValue(date) : null;
    }

    /// <summary>The culture of a name; null for null.</summary>
    public static CultureInfo? Culture(string? name) => name is null ? null : Cultures.Find(name);

    private static string NetPattern(string pattern, ref CultureInfo culture)
    {
        var format = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                format.Append(pattern[i]);
                continue;
            }

            var letter = pattern[++i];
            if (letter == 'g')
            {
                culture = CultureInfo.InvariantCulture;
                continue;
            }

            format.Append(
                letter switch
                {
                    // A lone custom letter needs no % among others.
                    'e' => "d",
                    'k' => "H",
                    'l' => "h",
                    _ => DateFormatting.NetFormat(letter)
                        ?? throw new ArgumentException($"The pattern %{letter} is not supported for the parse method", nameof(pattern)),
                }
            );
        }

        return format.Length == 1 ? "%" + format : format.ToString();
    }
}
