using System.Text;
using System.Text.RegularExpressions;

namespace Hub.EndToEnd.Documents;

/// <summary>
/// Compares what a page shows with what was printed, by shape: ids, times, keys and long numbers may differ, <c>...</c> stands for anything, white space does
/// not
/// count. Everything else must be there to the letter.
/// </summary>
internal static partial class ExpectedOutput
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public static bool Matches(string expected, string printed)
    {
        var pattern = new StringBuilder("^");
        var from = 0;
        var text = Spaces().Replace(expected, "");
        foreach (Match vague in Vague().Matches(text))
        {
            pattern.Append(Regex.Escape(text[from..vague.Index])).Append(PatternFor(vague));
            from = vague.Index + vague.Length;
        }

        pattern.Append(Regex.Escape(text[from..])).Append('$');
        return Regex.IsMatch(Spaces().Replace(printed, ""), pattern.ToString(), RegexOptions.Singleline, Limit);
    }

    private static string PatternFor(Match vague) =>
        vague.Value switch
        {
            "..." => ".*?",
            _ when vague.Groups["time"].Success => @"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)",
            _ when vague.Groups["number"].Success => @"\d+",
            _ => "[0-9a-zA-Z_-]+",
        };

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();

    /// <summary>Ids whole or cut with dots, times, generated keys and tokens cut with dots, process numbers.</summary>
    [GeneratedRegex(
        @"(?<time>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-(?:\.\.\.|[0-9a-f]{4}-[0-9a-f]{12})"
            + @"|(?<=fp_|sha256=|incoming/)[\w-]+\.\.\.|\.\.\.|(?<number>\d{5,})",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Vague();
}
