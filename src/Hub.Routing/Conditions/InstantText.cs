using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Hub.Routing.Conditions;

/// <summary>Instants as data writes them: ISO 8601 with a time and an offset, such as <c>2026-03-01T09:00:00Z</c>.</summary>
public static class InstantText
{
    private const int FractionStart = 19;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mmzzz",
        "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    /// <summary>Reads an instant. A text without an offset is a date in nobody's time zone, and is refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || text.Length is < 17 or > 64 || text[10] is not ('T' or 't' or ' '))
        {
            return false;
        }

        var plain = string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11));
        if (plain[^1] is 'Z' or 'z')
        {
            plain = string.Concat(plain.AsSpan(0, plain.Length - 1), "+00:00");
        }

        return DateTimeOffset.TryParseExact(CutFraction(plain), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant);
    }

    // A tick is 100 ns; what some senders write beyond it does not matter here.
    private static string CutFraction(string text)
    {
        if (text.Length <= FractionStart || text[FractionStart] is not ('.' or ','))
        {
            return text;
        }

        var end = FractionStart + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        var digits = end - FractionStart - 1;
        return digits == 0 ? string.Empty : string.Concat(text.AsSpan(0, FractionStart), ".", text.AsSpan(FractionStart + 1, Math.Min(digits, 7)), text.AsSpan(end));
    }
}
