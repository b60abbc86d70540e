using System.Diagnostics.CodeAnalysis;

namespace Hub.Routing.Workflows;

/// <summary>Durations as documents write them: <c>500ms</c>, <c>30s</c>, <c>1h30m</c>, or ISO 8601 such as <c>PT5M</c>.</summary>
public static class DurationText
{
    /// <summary>The longest duration that is read: ten years.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(3650);

    private const int LongestText = 64;

    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration)
    {
        duration = default;
        if (string.IsNullOrEmpty(text) || text.Length > LongestText)
        {
            return false;
        }

        var ticks = text[0] == 'P' ? ParseIso(text.AsSpan(1)) : ParseShort(text);
        if (ticks is not { } found || found > Longest.Ticks)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)found);
        return true;
    }

    private static decimal? ParseShort(ReadOnlySpan<char> text)
    {
        decimal ticks = 0;
        var smallest = decimal.MaxValue;
        while (!text.IsEmpty)
        {
            if (!TakeDigits(ref text, out var number))
            {
                return null;
            }

            var unit = TakeUnit(ref text);

            // Units go from large to small, each once: 30m1h is more likely a slip than a wish.
            if (unit == 0 || unit >= smallest)
            {
                return null;
            }

            smallest = unit;
            ticks += number * unit;
        }

        return ticks;
    }

    private static decimal TakeUnit(ref ReadOnlySpan<char> text)
    {
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
        return unit;
    }

    // Years and months have no fixed length and are refused.
    private static decimal? ParseIso(ReadOnlySpan<char> text)
    {
        decimal ticks = 0;
        var smallest = decimal.MaxValue;
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

            if (!TakeDigits(ref text, out var number) || text.IsEmpty)
            {
                return null;
            }

            var fraction = 0m;
            if (text[0] is '.' or ',')
            {
                text = text[1..];
                var digits = text.Length;
                if (!TakeDigits(ref text, out fraction) || text is not "S")
                {
                    return null;
                }

                for (digits -= text.Length; digits > 0; digits--)
                {
                    fraction /= 10;
                }
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
            if (unit == 0 || unit >= smallest)
            {
                return null;
            }

            text = text[1..];
            (smallest, any) = (unit, true);
            ticks += (number + fraction) * unit;
        }

        return any ? ticks : null;
    }

    private static bool TakeDigits(ref ReadOnlySpan<char> text, out decimal number)
    {
        var length = 0;
        number = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            number = number * 10 + (text[length] - '0');
            if (++length > 12)
            {
                return false;
            }
        }

        text = text[length..];
        return length > 0;
    }
}
