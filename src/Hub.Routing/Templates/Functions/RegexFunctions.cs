using System.Text;
using System.Text.RegularExpressions;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>regex</c>: regular expressions, matched in time linear in the text. Lookarounds and back-references have no such match and are refused.</summary>
internal static class RegexFunctions
{
    public static BuiltinGroup Create() => new BuiltinGroup()
        .Add("escape(text pattern)", a => a.State.Charged(Regex.Escape(a.Text(0) ?? "")))
        .Add("unescape(text pattern)", a => Regex.Unescape(a.Text(0) ?? ""))
        .Add("match(text text, text pattern, text options = null)", a => Timed(a, 2, (regex, text) =>
            regex.Match(text) is { Success: true } match ? Groups(a.State, match) : new ArrayValue([])))
        .Add("matches(text text, text pattern, text options = null)", a => Timed(a, 2, (regex, text) =>
            new ArrayValue([.. All(a.State, regex, text).Select(m => (object?)Groups(a.State, m))])))
        .Add("replace(text text, text pattern, text replace, text options = null)", a => Timed(a, 3, (regex, text) => Replace(a, regex, text)))
        .Add("split(text text, text pattern, text options = null)", a => Timed(a, 2, (regex, text) => Split(a.State, regex, text)));

    private static object Timed(Arguments a, int options, Func<Regex, string, object> use)
    {
        var pattern = a.Text(1) ?? throw a.Error(1, "A pattern is needed");
        if (pattern.Length > a.State.Limits.PatternLength)
        {
            throw a.State.Reached(nameof(TemplateLimits.PatternLength), a.State.Limits.PatternLength);
        }

        try
        {
            return use(new Regex(pattern, Options(a.Text(options)), a.State.TimeLeft()), a.Text(0) ?? "");
        }
        catch (NotSupportedException)
        {
            throw a.Error(1, "The pattern uses lookarounds, back-references, atomic groups or conditions, which are not supported: they cannot be matched in bounded time");
        }
        catch (RegexMatchTimeoutException)
        {
            throw a.State.Reached(nameof(TemplateLimits.Time), (long)a.State.Limits.Time.TotalSeconds);
        }
    }

    private static IEnumerable<Match> All(RenderState state, Regex regex, string text)
    {
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            state.Iterate();
            yield return match;
        }
    }

    private static ArrayValue Groups(RenderState state, Match match)
    {
        state.ChargeElements(match.Groups.Count);
        return new ArrayValue([.. match.Groups.Values.Select(g => (object?)state.Charged(g.Value))]);
    }

    private static string Replace(Arguments a, Regex regex, string text)
    {
        var replacement = a.Text(2) ?? "";
        var result = new StringBuilder();
        var at = 0;
        foreach (var match in All(a.State, regex, text))
        {
            result.Append(text, at, match.Index - at).Append(match.Result(replacement));
            at = match.Index + match.Length;
            if (result.Length > a.State.Limits.StringLength)
            {
                throw a.State.Reached(nameof(TemplateLimits.StringLength), a.State.Limits.StringLength);
            }
        }

        return a.State.Charged(result.Append(text, at, text.Length - at).ToString());
    }

    private static ArrayValue Split(RenderState state, Regex regex, string text)
    {
        var parts = new List<object?>();
        var at = 0;
        foreach (var match in All(state, regex, text))
        {
            Add(text[at..match.Index]);
            at = match.Index + match.Length;
            for (var i = 1; i < match.Groups.Count; i++)
            {
                if (match.Groups[i].Success)
                {
                    Add(match.Groups[i].Value);
                }
            }
        }

        Add(text[at..]);
        return new ArrayValue(parts);

        void Add(string part)
        {
            state.ChargeElements(1);
            parts.Add(state.Charged(part));
        }
    }

    private static RegexOptions Options(string? letters)
    {
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        foreach (var letter in letters ?? "")
        {
            options |= letter switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => RegexOptions.None,
            };
        }

        return options;
    }
}
