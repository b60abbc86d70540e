using Hub.Fields;

namespace Hub.Routing.Conditions;

/// <summary>Finds the name that a misspelt one was meant to be.</summary>
public static class NearestName
{
    private const int Longest = 64;
    private const int Listed = 12;

    /// <summary>A remedy: the nearest name, else the names there are.</summary>
    public static string Advise(string given, IEnumerable<string> known)
    {
        var names = known.ToArray();
        if (Find(given, names) is { } nearest)
        {
            return $"Did you mean '{nearest}'?";
        }

        return names.Length switch
        {
            0 => "Leave it out.",
            <= Listed => $"Use one of {string.Join(", ", names)}.",
            _ => $"Use one of {string.Join(", ", names.Take(Listed))} and {names.Length - Listed} more.",
        };
    }

    /// <summary>A name for a message, cut when a document makes it long.</summary>
    public static string Shorten(string text) => Characters.Cut(text, Longest);

    public static string? Find(string given, IEnumerable<string> known)
    {
        if (given.Length is 0 or > Longest)
        {
            return null;
        }

        var limit = Math.Max(1, given.Length / 3);
        return known
            .Select(name => (Name: name, Distance: Distance(given.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(each => each.Distance <= limit)
            .OrderBy(each => each.Distance)
            .Select(each => each.Name)
            .FirstOrDefault();
    }

    // Insertions, deletions, replacements and swapped neighbours (optimal string alignment).
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > Longest / 3)
        {
            return int.MaxValue;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
