using System.Collections.Concurrent;

namespace Hub.Routing.Templates.Functions;

/// <summary>Time zones by their IANA names, as the system's tzdata has them. Names that mean another zone on another host are none.</summary>
public static class Zones
{
    private const int LongestName = 64;

    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Found = new(StringComparer.Ordinal);

    /// <summary>Whether the system has zones at all; without tzdata there is only UTC.</summary>
    public static bool AreKnown => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Vienna", out _);

    /// <exception cref="FormatException">There is no such zone.</exception>
    internal static TimeZoneInfo Find(string name)
    {
        if (name.ToUpperInvariant() is "UTC" or "Z" or "ETC/UTC")
        {
            return TimeZoneInfo.Utc;
        }

        if (Found.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!IsName(name) || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            throw new FormatException(
                AreKnown
                    ? $"There is no time zone `{Conditions.NearestName.Shorten(name)}`. Write an IANA name such as Europe/Vienna"
                    : "This machine has no data of time zones. Install the package tzdata, or keep to UTC"
            );
        }

        return Found.GetOrAdd(name, zone);
    }

    // The system looks names up as files.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && char.IsAsciiLetterUpper(name[0])
        && !name.Contains("..", StringComparison.Ordinal)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '+' or '-')
        && name != "Factory";
}
