using System.Text;
using System.Text.RegularExpressions;
using Hub.Routing.Patterns;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>regex</c>: regular expressions: see <see cref="TextPattern"/>.</summary>
internal static class RegexFunctions
{
    public static BuiltinGroup Create() =>
        new BuiltinGroup()
            .Add("escape(text pattern)", a => a.Made(Regex.Escape) ?? "")
            .Add("unescape(text pattern)", a => WholeText.Of(Regex.Unescape(a.Text(0) ?? "")))
            .Add("match(text text, text pattern, text options = null)", a =>
                Timed(a, 2, (regex, text) => All(a.State, regex, text).FirstOrDefault() is { } match ? Groups(a.State, match) : new ArrayValue([]))
            )
            .Add("matches(text text, text pattern, text options = null)", a =>
                Timed(a, 2, (regex, text) => new ArrayValue([.. All(a.State, regex, text).Select(m => (object?)Groups(a.State, m))]))
            )
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
            return use(Compile(pattern, a.Text(options), a.State.TimeLeft()), a.Text(0) ?? "");
        }
        catch (PatternException e)
        {
            throw a.Error(1, e.Message);
        }
        catch (RegexMatchTimeoutException)
        {
            throw a.State.Reached(nameof(TemplateLimits.Time), (long)a.State.Limits.Time.TotalSeconds);
        }
    }

    /// <summary>
    /// What stands behind the pattern takes nothing, as nothing is what it prefers. Without it the engine makes a state for every character that something like
    /// <c>x+</c> takes, a kilobyte each.
    /// </summary>
    private static Regex Compile(string pattern, string? flags, TimeSpan time) => TextPattern.Compile(pattern, flags ?? "", time, @"(?:\uFFFF)??");

    /// <summary>The matches in the text. Between the halves of a pair there is nothing, also no empty text.</summary>
    private static IEnumerable<Match> All(RenderState state, Regex regex, string text)
    {
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            state.Iterate();
            if (!WholeText.IsWithinPair(text, match.Index))
            {
                yield return match;
            }
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
        var pieces = PiecesOf(replacement, text.Length, a.State.Limits.StringLength);
        var result = new StringBuilder();
        var at = 0;
        foreach (var match in All(a.State, regex, text))
        {
            result.Append(text, at, match.Index - at);
            at = match.Index + match.Length;
            foreach (var piece in pieces)
            {
                if (pieces.Count == 1)
                {
                    result.Append(match.Result(piece));
                }
                else
                {
                    AppendPiece(result, match, piece);
                }

                a.State.CheckText(result.Length);
            }
        }

        return a.State.Charged(result.Append(text, at, text.Length - at).ToString());
    }

    /// <summary>The replacement whole, where it stays short; else in pieces with one reference each, so that the length is looked at between them.</summary>
    private static List<string> PiecesOf(string replacement, int longest, int most)
    {
        if (replacement.Length + ((long)replacement.AsSpan().Count('$') * longest) <= most)
        {
            return [replacement];
        }

        var pieces = new List<string>();
        for (var start = 0; start < replacement.Length; )
        {
            // What a dollar sign says takes at least the character behind it, which may be another one.
            var end = replacement.IndexOf('$', Math.Min(replacement.Length, start + (replacement[start] == '$' ? 2 : 1)));
            end = end < 0 ? replacement.Length : end;
            pieces.Add(replacement[start..end]);
            start = end;
        }

        return pieces;
    }

    // What is seen most is done without making strings of it.
    private static void AppendPiece(StringBuilder result, Match match, string piece)
    {
        if (piece.Length == 0 || piece[0] != '$')
        {
            result.Append(piece);
        }
        else if (piece is ['$', '$', ..])
        {
            result.Append(piece, 1, piece.Length - 1);
        }
        else if (
            piece is ['$', >= '0' and <= '9'] or ['$', >= '0' and <= '9', not (>= '0' and <= '9'), ..]
            && piece[1] - '0' is var group
            && group < match.Groups.Count
        )
        {
            result.Append(match.Groups[group].ValueSpan).Append(piece, 2, piece.Length - 2);
        }
        else
        {
            result.Append(match.Result(piece));
        }
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
}
