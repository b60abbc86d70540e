using System.Globalization;

namespace Hub.Routing.Patterns;

/// <summary>Bounds what counted repetitions such as <c>(a{100}){100}</c> unfold to, since each count multiplies the automaton.</summary>
internal static class RepetitionLimit
{
    private const long Limit = 10_000;

    /// <exception cref="PatternException">The pattern unfolds to more than the limit.</exception>
    public static void Check(string pattern)
    {
        // One entry per open group: the size of all before the last atom, and of the last atom.
        var open = new Stack<(long Before, long Last)>();
        var (before, last) = (0L, 0L);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '(':
                    open.Push((before + last, 0));
                    (before, last) = (0, 0);
                    break;
                case ')' when open.Count > 0:
                    var inner = before + last;
                    (before, last) = (open.Pop().Before, Math.Max(1, inner));
                    break;
                case '{' when TryCount(pattern, i, out var count, out var end):
                    last *= Math.Max(1, count);
                    i = end;
                    break;
                case '[':
                    var close = EndOfClass(pattern, i);
                    (before, last) = (before + last, 1 + PairsIn(pattern.AsSpan(i..Math.Min(close, pattern.Length))));
                    i = close;
                    break;
                case '\\':
                    i = pattern.AsSpan(i).StartsWith(@"\u{", StringComparison.Ordinal) && pattern.IndexOf('}', i) is > 0 and var closing ? closing : i + 1;
                    (before, last) = (before + last, 1);
                    break;
                default:
                    (before, last) = (before + last, 1);
                    break;
            }

            if (before + last > Limit)
            {
                throw new PatternException($"The repetition counts unfold the pattern to more than {Limit} characters.");
            }
        }
    }

    private static bool TryCount(string pattern, int start, out long count, out int end)
    {
        count = 0;
        end = pattern.IndexOf('}', start);
        if (end < 0)
        {
            return false;
        }

        foreach (var bound in pattern[(start + 1)..end].Split(','))
        {
            if (bound.Length > 0 && !bound.All(char.IsAsciiDigit))
            {
                return false;
            }

            var number =
                bound.Length > 6 ? Limit + 1
                : bound.Length == 0 ? 0
                : long.Parse(bound, NumberStyles.None, CultureInfo.InvariantCulture);
            count = Math.Max(count, number);
        }

        return true;
    }

    // Characters beyond 16 bits are alternatives beside the class.
    private static int PairsIn(ReadOnlySpan<char> members)
    {
        var count = members.Count(@"\u");
        foreach (var unit in members)
        {
            count += char.IsHighSurrogate(unit) ? 1 : 0;
        }

        return count;
    }

    private static int EndOfClass(string pattern, int start)
    {
        // A bracket right after the opening one, or after its ^, stands for itself.
        var i = start + 1;
        i += i < pattern.Length && pattern[i] == '^' ? 1 : 0;
        i += i < pattern.Length && pattern[i] == ']' ? 1 : 0;
        for (; i < pattern.Length && pattern[i] != ']'; i++)
        {
            i += pattern[i] == '\\' ? 1 : 0;
        }

        return i;
    }
}
