using System.Globalization;
using System.Text.RegularExpressions;

namespace Hub.Storage.Embedded.Backups;

/// <summary>The names of the pieces of PostgreSQL's log: 8 hexadecimal digits each for the timeline, and for the number of the piece in two parts.</summary>
internal static partial class WalSegments
{
    private const int Part = 8;

    /// <summary>The piece in which a backup begins, by its label.</summary>
    public static string FirstOf(string label) =>
        LabelPattern().Match(label) is { Success: true } match
            ? match.Groups["file"].Value
            : throw new EmbeddedPostgresException($"The label of the backup does not say where the log begins: {label}");

    /// <summary>All from the first to the last.</summary>
    public static IReadOnlyList<string> Between(string first, string last, long segmentSize)
    {
        if (first[..Part] != last[..Part])
        {
            throw new EmbeddedPostgresException($"The database went to another timeline during the backup ({first}, {last}). Take another one.");
        }

        var perLog = 0x1_0000_0000 / segmentSize;
        var names = new List<string>();
        for (var number = NumberOf(first); number <= NumberOf(last); number++)
        {
            names.Add(string.Create(CultureInfo.InvariantCulture, $"{first[..Part]}{number / perLog:X8}{number % perLog:X8}"));
        }

        return names;

        long NumberOf(string name) => (Hex(name[Part..(2 * Part)]) * perLog) + Hex(name[(2 * Part)..]);
    }

    private static long Hex(string digits) => long.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^START WAL LOCATION: \S+ \(file (?<file>[0-9A-F]{24})\)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelPattern();
}
