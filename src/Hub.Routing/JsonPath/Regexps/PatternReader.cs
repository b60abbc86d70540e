using System.Text;

namespace Hub.Routing.JsonPath.Regexps;

/// <summary>Reads the small parts of an I-Regexp: characters, escapes, categories and counts.</summary>
internal sealed class PatternReader(string pattern)
{
    public int Position { get; set; }

    public bool AtEnd => Position >= pattern.Length;

    /// <summary>The UTF-16 unit at the position; at the end, NUL, which no operator is.</summary>
    public char Current => AtEnd ? '\0' : pattern[Position];

    public char Next => Position + 1 < pattern.Length ? pattern[Position + 1] : '\0';

    public IRegexpException Error(string message) => new($"{message} (character {Position + 1} of the pattern)");

    public bool TryTake(char expected)
    {
        if (Current != expected || AtEnd)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>A character outside of classes, or an escaped one.</summary>
    public int ReadCharacter()
    {
        if (Current == '\\')
        {
            return ReadEscape();
        }

        if (!Rune.TryGetRuneAt(pattern, Position, out var rune))
        {
            throw Error("half of a surrogate pair is no character");
        }

        Position += rune.Utf16SequenceLength;
        return rune.Value;
    }

    public int ReadClassCharacter() =>
        AtEnd ? throw Error("']' is missing")
        : Current is '[' or ']' or '-' ? throw Error($"'{Current}' in a character class is written '\\{Current}'")
        : ReadCharacter();

    /// <summary>The bits of <c>\p{Lu}</c>, or all others of <c>\P{Lu}</c>.</summary>
    public bool TryReadCategory(out uint categories)
    {
        categories = 0;
        if (Current != '\\' || Next is not ('p' or 'P'))
        {
            return false;
        }

        var end = pattern.IndexOf('}', Position);
        if (end < 0 || pattern[Position + 2] != '{')
        {
            throw Error(@"a category is written \p{Lu}");
        }

        var isComplement = Next == 'P';
        var bits = UnicodeCategories.BitsOf(pattern[(Position + 3)..end]);
        if (bits == 0)
        {
            throw Error("there is no such Unicode category");
        }

        categories = isComplement ? ~bits : bits;
        Position = end + 1;
        return true;
    }

    public int ReadCount(int largest)
    {
        var (start, count) = (Position, 0);
        while (char.IsAsciiDigit(Current))
        {
            count = (count * 10) + (Current - '0');
            if (count > largest)
            {
                throw Error("a repetition is too large");
            }

            Position++;
        }

        return Position > start ? count : throw Error("a number is missing");
    }

    private int ReadEscape()
    {
        var escaped = Next;
        if (escaped is not ((>= '(' and <= '+') or '-' or '.' or '?' or (>= '[' and <= '^') or 'n' or 'r' or 't' or (>= '{' and <= '}')))
        {
            throw Error(@"I-Regexp has no such escape; classes are written out, such as [0-9] for \d");
        }

        Position += 2;
        return escaped switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => escaped,
        };
    }
}
