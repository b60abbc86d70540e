namespace Hub.Routing.Schemas.Formats;

/// <summary>Dates and instants of RFC 3339.</summary>
internal static class DateText
{
    private const int DateLength = 10;
    private const int TimeLength = 8;

    public static bool IsDate(ReadOnlySpan<char> text) =>
        text.Length == DateLength
        && text[4] == '-'
        && text[7] == '-'
        && TryRead(text[..4], 0, 9999, out var year)
        && TryRead(text[5..7], 1, 12, out var month)
        && TryRead(text[8..10], 1, DaysIn(year, month), out _);

    public static bool IsDateTime(ReadOnlySpan<char> text) =>
        text.Length > DateLength && IsDate(text[..DateLength]) && text[DateLength] is 'T' or 't' && IsTime(text[(DateLength + 1)..]);

    private static bool IsTime(ReadOnlySpan<char> text)
    {
        if (
            text.Length <= TimeLength
            || text[2] != ':'
            || text[5] != ':'
            || !TryRead(text[..2], 0, 23, out var hour)
            || !TryRead(text[3..5], 0, 59, out var minute)
            || !TryRead(text[6..8], 0, 60, out var second)
        )
        {
            return false;
        }

        text = text[TimeLength..];
        if (text[0] == '.')
        {
            var digits = text[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0)
            {
                return false;
            }

            text = text[(digits + 1)..];
        }

        // A leap second is the last of a day in UTC.
        return TryReadOffset(text, out var offset) && (second < 60 || ((hour * 60) + minute - offset + 2880) % 1440 == 1439);
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (
            text.Length != 6
            || text[0] is not ('+' or '-')
            || text[3] != ':'
            || !TryRead(text[1..3], 0, 23, out var hours)
            || !TryRead(text[4..6], 0, 59, out minutes)
        )
        {
            return false;
        }

        minutes = text[0] == '-' ? -((hours * 60) + minutes) : (hours * 60) + minutes;
        return true;
    }

    private static int DaysIn(int year, int month) =>
        month switch
        {
            2 => (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28,
            4 or 6 or 9 or 11 => 30,
            _ => 31,
        };

    private static bool TryRead(ReadOnlySpan<char> digits, int least, int most, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return value >= least && value <= most;
    }
}
