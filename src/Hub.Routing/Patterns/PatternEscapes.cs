using System.Globalization;
using System.Text;

namespace Hub.Routing.Patterns;

/// <summary>Takes the escapes of ECMA-262 out of a pattern, and says where it is wrong.</summary>
internal sealed class PatternEscapes(string pattern)
{
    /// <summary>The place reached.</summary>
    public int At { get; set; }

    /// <summary>What stands behind the backslash.</summary>
    public char Letter() => At + 1 < pattern.Length ? pattern[At + 1] : throw Error("the pattern ends with a lone backslash");

    /// <summary>Whether a backslash before it says that a sign stands for itself.</summary>
    public void CheckSign(char letter)
    {
        switch (letter)
        {
            case >= '1' and <= '9':
            case 'k':
                throw Unsupported("a back-reference");
            case 'A' or 'Z' or 'z' or 'G':
                throw Error($"'\\{letter}' is no anchor of ECMA-262; write ^ or $");
            case '_' or '0' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                throw Error($"there is no escape '\\{letter}'; write '{letter}' for the character itself");
        }
    }

    /// <summary>Takes <c>\p{Lu}</c> and its like, which .NET writes alike.</summary>
    public string TakeCategory()
    {
        var end = At + 2 < pattern.Length && pattern[At + 2] == '{' ? pattern.IndexOf('}', At) : -1;
        var category = end < 0 ? throw Error(@"\p names no general category; write one such as \p{Lu}") : pattern[At..(end + 1)];
        At = end + 1;
        return category;
    }

    /// <summary>Takes an escape that names a character by its number or by a letter; gives the number.</summary>
    public int TakeCode()
    {
        var letter = pattern[At + 1];
        switch (letter)
        {
            case 'u' when At + 2 < pattern.Length && pattern[At + 2] == '{':
                return TakeCodePoint();
            case 'u':
                var high = TakeHex(4);
                var isPair = char.IsHighSurrogate((char)high) && pattern.AsSpan(At) is ['\\', 'u', not '{', ..];
                var start = At;
                if (isPair && TakeHex(4) is var low && char.IsLowSurrogate((char)low))
                {
                    return char.ConvertToUtf32((char)high, (char)low);
                }

                At = start;
                return high;
            case 'x':
                return TakeHex(2);
            case 'c':
                var control = At + 2 < pattern.Length && char.IsAsciiLetter(pattern[At + 2]) ? pattern[At + 2] : throw Error(@"\c takes a letter");
                At += 3;
                return control & 0x1F;
            case '0' when At + 2 < pattern.Length && char.IsAsciiDigit(pattern[At + 2]):
                throw Error("there is no escape '\\0' before a digit; write \\x00");
            default:
                At += 2;
                return letter switch
                {
                    'b' => '\b',
                    't' => '\t',
                    'n' => '\n',
                    'v' => '\v',
                    'f' => '\f',
                    'r' => '\r',
                    _ => '\0',
                };
        }
    }

    private int TakeHex(int digits)
    {
        var text = pattern.AsSpan(At + 2, Math.Min(digits, pattern.Length - At - 2));
        if (text.Length < digits || !int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw Error(@"\x takes two and \u four hexadecimal digits");
        }

        At += 2 + digits;
        return code;
    }

    private int TakeCodePoint()
    {
        var end = pattern.IndexOf('}', At);
        var digits = end < 0 ? default : pattern.AsSpan((At + 3)..end);
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
        {
            throw Error(@"'\u{' takes the number of a character, as in \u{1F600}");
        }

        At = end + 1;
        return code;
    }

    public PatternException Error(string problem) => new($"{char.ToUpperInvariant(problem[0])}{problem[1..]} (character {At + 1}).");

    public PatternException Unsupported(string what) =>
        new($"The pattern has {what} at character {At + 1}, which cannot be matched in linear time. Say it without, or in a condition of its own.");
}
