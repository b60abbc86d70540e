using System.Globalization;
using System.Text;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Functions;

/// <summary>Texts as dates. One with an offset becomes a date in the clock's zone, one without is taken as being there.</summary>
internal static class DateParsing
{
    /// <summary>Null when the text is no date of that pattern.</summary>
    public static DateTime? Parse(RenderState state, string? text, string? pattern, CultureInfo? culture)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 200)
        {
            return null;
        }

        culture ??= CultureInfo.InvariantCulture;
        var format = pattern is null ? null : NetPattern(pattern, ref culture);
        if (HasOffset(text))
        {
            var isDate = format is null
                ? DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeUniversal, out var instant)
                : DateTimeOffset.TryParseExact(text, format, culture, DateTimeStyles.AssumeUniversal, out instant);
            return isDate ? DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(instant, state.Zone).DateTime, DateTimeKind.Unspecified) : null;
        }

        var known = format is null
            ? DateTime.TryParse(text, culture, DateTimeStyles.NoCurrentDateDefault, out var date)
            : DateTime.TryParseExact(text, format, culture, DateTimeStyles.NoCurrentDateDefault, out date);
        return known ? DateTime.SpecifyKind(date, DateTimeKind.Unspecified) : null;
    }

    /// <summary>The culture of a name; null for null.</summary>
    public static CultureInfo? Culture(string? name) => name is null ? null : Cultures.Find(name);

    private static bool HasOffset(string text)
    {
        var trimmed = text.AsSpan().TrimEnd();
        if (trimmed.EndsWith("Z", StringComparison.OrdinalIgnoreCase) || trimmed.EndsWith("GMT", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // A sign before digits after a time of day.
        var colon = trimmed.IndexOf(':');
        var sign = colon < 0 ? -1 : trimmed[colon..].LastIndexOfAny('+', '-');
        return sign >= 0 && colon + sign + 1 < trimmed.Length && char.IsAsciiDigit(trimmed[colon + sign + 1]);
    }

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

            format.Append(letter switch
            {
                // A lone custom letter needs no % among others.
                'e' => "d",
                'k' => "H",
                'l' => "h",
                _ => DateFormatting.NetFormat(letter) ?? throw new ArgumentException($"The pattern %{letter} is not supported for the parse method", nameof(pattern)),
            });
        }

        return format.Length == 1 ? "%" + format : format.ToString();
    }
}
