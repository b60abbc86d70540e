using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Hub.Fields;

/// <summary>
/// Durations as people and programs write them: <c>500ms</c>, <c>30s</c>, <c>1.5h</c>, <c>1h30m</c>, ISO 8601 such as <c>PT5M</c>, or a clock's
/// <c>00:05:00</c>; what might be minutes and seconds as well as hours and minutes, as <c>00:10</c>, is refused.
/// Documents, templates, the settings of Sources and the hub's own all have this one grammar.
/// </summary>
public static class DurationText
{
    /// <summary>What to write instead of something else.</summary>
    public const string Remedy = "Write 500ms, 30s, 5m, 1.5h, 1h30m, 2d, or ISO 8601 such as PT5M.";

    /// <summary>A pattern for the same texts, as JSON Schema takes it; some texts that it lets pass are no durations.</summary>
    public const string Pattern = "^(([0-9]+([.,][0-9]+)?(d|h|ms|m|s))+|P[0-9WDTHMS.,]+|([0-9]+\\.)?[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]{1,7})?)$";

    private const int LongestText = 64;
    private const int MostDigits = 12;

    /// <summary>In milliseconds.</summary>
    private static readonly (long Length, string Name)[] Units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s"), (1, "ms")];

    /// <summary>The longest duration that is read: ten years.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(3650);

    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration)
    {
        duration = default;
        if (string.IsNullOrEmpty(text) || text.Length > LongestText)
        {
            return false;
        }

        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TryParseClock(text, out duration);
        }

        var ticks = text[0] == 'P' ? ParseIso(text.AsSpan(1)) : ParseShort(text);
        if (ticks is not { } found || found > Longest.Ticks)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)found);
        return true;
    }

    /// <summary>What to write instead of this text; for a clock of two parts, what it may have meant.</summary>
    public static string RemedyFor(string? text) =>
        text?.Split(':') is [{ } first, { } second] && IsPart(first, out var left) && IsPart(second, out var right)
            ? $"It may be hours and minutes, or minutes and seconds: write {Write(new TimeSpan(left, right, 0))} or {Write(new TimeSpan(0, left, right))}."
            : Remedy;

    private static bool IsPart(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.Length <= 2;

    /// <summary>As people write it: <c>1h30m</c>. What is shorter than a millisecond is left out.</summary>
    public static string Write(TimeSpan duration)
    {
        var text = new StringBuilder();
        var rest = (long)duration.TotalMilliseconds;
        foreach (var (unit, name) in Units)
        {
            if (rest / unit is > 0 and var number)
            {
                text.Append(CultureInfo.InvariantCulture, $"{number}{name}");
                rest %= unit;
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    // As a clock has it, and as templates write an interval. More than 23 hours would be read as days.
    private static bool TryParseClock(string text, out TimeSpan duration)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var hours = text.AsSpan(text.LastIndexOf('.', colon) + 1, colon - text.LastIndexOf('.', colon) - 1);
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration)
            && char.IsAsciiDigit(text[0])
            && char.IsAsciiDigit(text[^1])
            && text.AsSpan().Count(':') == 2
            && int.TryParse(hours, CultureInfo.InvariantCulture, out var number)
            && number < 24
            && duration <= Longest;
    }

    private static decimal? ParseShort(ReadOnlySpan<char> text)
    {
        var sum = new Sum();
        while (!text.IsEmpty)
        {
            if (!sum.TryTakeNumber(ref text))
            {
                return null;
            }

            var length = text.StartsWith("ms", StringComparison.Ordinal) ? 2 : Math.Min(1, text.Length);
            var unit = text[..length] switch
            {
                "ms" => TimeSpan.TicksPerMillisecond,
                "s" => TimeSpan.TicksPerSecond,
                "m" => TimeSpan.TicksPerMinute,
                "h" => TimeSpan.TicksPerHour,
                "d" => TimeSpan.TicksPerDay,
                _ => 0L,
            };
            text = text[length..];
            if (!sum.TryAdd(unit, isLast: text.IsEmpty))
            {
                return null;
            }
        }

        return sum.Ticks;
    }

    // Years and months have no fixed length and are refused.
    private static decimal? ParseIso(ReadOnlySpan<char> text)
    {
        var sum = new Sum();
        var inTime = false;
        var any = false;
        while (!text.IsEmpty)
        {
            if (text[0] == 'T' && !inTime)
            {
                text = text[1..];
                (inTime, any) = (true, false);
                continue;
            }

            if (!sum.TryTakeNumber(ref text) || text.IsEmpty)
            {
                return null;
            }

            var unit = (inTime, text[0]) switch
            {
                (false, 'W') => 7 * TimeSpan.TicksPerDay,
                (false, 'D') => TimeSpan.TicksPerDay,
                (true, 'H') => TimeSpan.TicksPerHour,
                (true, 'M') => TimeSpan.TicksPerMinute,
                (true, 'S') => TimeSpan.TicksPerSecond,
                _ => 0L,
            };
            text = text[1..];
            any = true;
            if (!sum.TryAdd(unit, isLast: text.IsEmpty))
            {
                return null;
            }
        }

        return any ? sum.Ticks : null;
    }

    /// <summary>
    /// Numbers with their units, from large to small and each once: <c>30m1h</c> is more likely a slip than meant. Only the last may have a fraction.
    /// </summary>
    private struct Sum()
    {
        private decimal _number;
        private long _smallest = long.MaxValue;
        private bool _hasFraction;

        public decimal Ticks { get; private set; }

        public bool TryTakeNumber(ref ReadOnlySpan<char> text)
        {
            _hasFraction = false;
            if (!TryTakeDigits(ref text, out _number, out _))
            {
                return false;
            }

            if (text.IsEmpty || text[0] is not ('.' or ','))
            {
                return true;
            }

            text = text[1..];
            _hasFraction = TryTakeDigits(ref text, out var fraction, out var scale);
            _number += fraction / scale;
            return _hasFraction;
        }

        public bool TryAdd(long unit, bool isLast)
        {
            if (unit == 0 || unit >= _smallest || (_hasFraction && !isLast))
            {
                return false;
            }

            _smallest = unit;
            Ticks += _number * unit;
            return true;
        }

        private static bool TryTakeDigits(ref ReadOnlySpan<char> text, out decimal number, out decimal scale)
        {
            var length = 0;
            (number, scale) = (0, 1);
            while (length < text.Length && char.IsAsciiDigit(text[length]))
            {
                number = number * 10 + (text[length] - '0');
                scale *= 10;
                if (++length > MostDigits)
                {
                    return false;
                }
            }

            text = text[length..];
            return length > 0;
        }
    }
}
