using System.Buffers;
using System.Globalization;

namespace Hub.Connectors.Contract;

/// <summary>Reads durations as people write them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1.5h</c>, <c>1d</c>, or several in a row: <c>1h30m</c>.</summary>
public static class DurationText
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>False for anything else: no unit, a sign, blanks inside, or more than 366 days.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        var total = 0.0;
        var rest = text.Trim();
        if (rest.IsEmpty)
        {
            return false;
        }

        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return false;
            }

            rest = rest[digits..];
            var length = rest.IndexOfAny(NumberCharacters);
            var unit = length < 0 ? rest : rest[..length];
            var milliseconds = MillisecondsIn(unit);
            if (milliseconds == 0)
            {
                return false;
            }

            total += amount * milliseconds;
            rest = rest[unit.Length..];
        }

        if (total > TimeSpan.FromDays(366).TotalMilliseconds)
        {
            return false;
        }

        duration = TimeSpan.FromMilliseconds(total);
        return true;
    }

    private static double MillisecondsIn(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => 0,
    };
}
