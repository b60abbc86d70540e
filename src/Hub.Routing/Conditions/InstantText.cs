using System.Diagnostics.CodeAnalysis;

namespace Hub.Routing.Conditions;

/// <summary>
/// Instants as data writes them: ISO 8601 with a time and an offset, in the extended form <c>2026-03-01T09:00:00Z</c> or the basic one
/// <c>20260301T090000+01</c>.
/// A leap second lies between the second before and the one after it, as the last moment before the latter; 24:00:00 is the midnight that ends the day.
/// </summary>
public static class InstantText
{
    private const int LongestText = 64;
    private const int LeastText = 13;
    private const int MinutesADay = 24 * 60;

    /// <summary>Reads an instant, which is given in UTC. A text without an offset is a date in nobody's time zone, and is refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset instant) => TryParse(text, isUtcUnlessSaid: false, out instant);

    /// <summary>Reads an instant; a text without an offset is one in UTC.</summary>
    internal static bool TryParseAsUtc([NotNullWhen(true)] string? text, out DateTimeOffset instant) => TryParse(text, isUtcUnlessSaid: true, out instant);

    private static bool TryParse([NotNullWhen(true)] string? text, bool isUtcUnlessSaid, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || text.Length is < LeastText or > LongestText)
        {
            return false;
        }

        var rest = text.AsSpan();
        var isExtended = rest[4] == '-';
        if (!TryTakeDate(ref rest, isExtended, out var date) || rest.IsEmpty || rest[0] is not ('T' or 't' or ' '))
        {
            return false;
        }

        rest = rest[1..];
        if (
            !TryTakeTime(ref rest, isExtended, out var time)
            || !TryReadOffset(rest, isUtcUnlessSaid, out var offset)
            || (time.IsLeap && ((time.Minutes - offset + (2 * MinutesADay)) % MinutesADay) != MinutesADay - 1)
        )
        {
            return false;
        }

        var ticks = date.Ticks + ((time.Minutes - offset) * TimeSpan.TicksPerMinute) + time.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryTakeDate(ref ReadOnlySpan<char> text, bool isExtended, out DateTime date)
    {
        date = default;
        if (
            !TryTake(ref text, 4, 1, 9999, out var year)
            || !TryTakeSign(ref text, '-', isExtended)
            || !TryTake(ref text, 2, 1, 12, out var month)
            || !TryTakeSign(ref text, '-', isExtended)
            || !TryTake(ref text, 2, 1, DateTime.DaysInMonth(year, month), out var day)
        )
        {
            return false;
        }

        date = new DateTime(year, month, day);
        return true;
    }

    private static bool TryTakeTime(ref ReadOnlySpan<char> text, bool isExtended, out (int Minutes, long Ticks, bool IsLeap) time)
    {
        time = default;
        if (!TryTake(ref text, 2, 0, 24, out var hour) || !TryTakeSign(ref text, ':', isExtended) || !TryTake(ref text, 2, 0, 59, out var minute))
        {
            return false;
        }

        time.Minutes = (hour * 60) + minute;
        if (text.IsEmpty || !(isExtended ? text[0] == ':' : char.IsAsciiDigit(text[0])))
        {
            return IsWithinDay(time);
        }

        if (!TryTakeSign(ref text, ':', isExtended) || !TryTake(ref text, 2, 0, 60, out var second) || !TryTakeFraction(ref text, out var fraction))
        {
            return false;
        }

        // Clocks of computers have no place for it: it is taken as the last moment before the next minute.
        time.IsLeap = second == 60;
        time.Ticks = time.IsLeap ? TimeSpan.TicksPerMinute - 1 : (second * TimeSpan.TicksPerSecond) + fraction;
        return IsWithinDay(time);
    }

    // The day ends at 24:00:00, and nothing is behind it.
    private static bool IsWithinDay((int Minutes, long Ticks, bool IsLeap) time) =>
        time.Minutes < MinutesADay || (time.Minutes == MinutesADay && time.Ticks == 0);

    // A tick is 100 ns; what some senders write beyond it does not matter here.
    private static bool TryTakeFraction(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty || text[0] is not ('.' or ','))
        {
            return true;
        }

        text = text[1..];
        var unit = TimeSpan.TicksPerSecond / 10;
        var digits = 0;
        for (; digits < text.Length && char.IsAsciiDigit(text[digits]); digits++, unit /= 10)
        {
            ticks += (text[digits] - '0') * unit;
        }

        text = text[digits..];
        return digits > 0;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, bool isUtcUnlessSaid, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z" || (text.IsEmpty && isUtcUnlessSaid))
        {
            return true;
        }

        if (text.IsEmpty || text[0] is not ('+' or '-'))
        {
            return false;
        }

        var isNegative = text[0] == '-';
        text = text[1..];
        if (!TryTake(ref text, 2, 0, 23, out var hours))
        {
            return false;
        }

        var isRead = text.IsEmpty || ((text[0] != ':' || TryTakeSign(ref text, ':', true)) && TryTake(ref text, 2, 0, 59, out minutes) && text.IsEmpty);
        minutes = (isNegative ? -1 : 1) * ((hours * 60) + minutes);
        return isRead;
    }

    private static bool TryTakeSign(ref ReadOnlySpan<char> text, char sign, bool isWritten)
    {
        if (!isWritten)
        {
            return true;
        }

        var takes = !text.IsEmpty && text[0] == sign;
        text = takes ? text[1..] : text;
        return takes;
    }

    private static bool TryTake(ref ReadOnlySpan<char> text, int digits, int least, int most, out int value)
    {
        value = 0;
        if (text.Length < digits)
        {
            return false;
        }

        foreach (var digit in text[..digits])
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        text = text[digits..];
        return value >= least && value <= most;
    }
}
