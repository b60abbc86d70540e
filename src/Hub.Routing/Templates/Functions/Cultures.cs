using System.Collections.Concurrent;
using System.Globalization;
using Hub.Routing.Conditions;

namespace Hub.Routing.Templates.Functions;

/// <summary>Cultures by name, the same on every machine. The empty name is the invariant one.</summary>
internal static class Cultures
{
    private static readonly ConcurrentDictionary<string, CultureInfo> Found = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="FormatException">There is no such culture.</exception>
    public static CultureInfo Find(string name)
    {
        if (name.Length == 0)
        {
            return CultureInfo.InvariantCulture;
        }

        if (Found.TryGetValue(name, out var known))
        {
            return known;
        }

        // Some write de_AT, as systems do.
        var culture = CultureTable.Find(name)
            ?? CultureTable.Find(name.Replace('_', '-'))
            ?? throw new FormatException(
                $"There is no culture `{NearestName.Shorten(name)}`. {NearestName.Find(name, CultureTable.Names) switch
            {
                { } near => $"Did you mean {near}?",
                null => "Write a name such as de-AT or fr",
            }}"
            );
        return Found.GetOrAdd(name, culture);
    }
}
