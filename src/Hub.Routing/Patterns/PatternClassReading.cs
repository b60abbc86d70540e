namespace Hub.Routing.Patterns;

/// <summary>Reads a class in brackets, as ECMA-262 has it.</summary>
internal static class PatternClassReading
{
    /// <summary>Takes a class, up to its bracket and with it; gives what .NET is to read for it.</summary>
    public static string Translate(string pattern, PatternEscapes escapes)
    {
        var isNegated = escapes.At + 1 < pattern.Length && pattern[escapes.At + 1] == '^';
        var members = new PatternClass();
        var start = escapes.At + (isNegated ? 2 : 1);

        // A bracket that closes at once is an empty class there, and the first character of a class here.
        if (start < pattern.Length && pattern[start] == ']')
        {
            throw escapes.Error("a class in brackets is empty");
        }

        escapes.At = start;
        while (escapes.At < pattern.Length && pattern[escapes.At] != ']')
        {
            if (TryTakeSet(pattern, escapes, members))
            {
                continue;
            }

            var first = TakeMember(pattern, escapes);
            var last = first;
            if (escapes.At + 1 < pattern.Length && pattern[escapes.At] == '-' && pattern[escapes.At + 1] != ']')
            {
                escapes.At++;
                last =
                    escapes.At + 1 < pattern.Length
                    && pattern[escapes.At] == '\\'
                    && pattern[escapes.At + 1] is 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'p' or 'P'
                        ? throw escapes.Error(@"a class such as \d cannot be the end of a range")
                        : TakeMember(pattern, escapes);
                if (last < first)
                {
                    throw escapes.Error("a range in brackets ends before it starts");
                }
            }

            members.Add(first, last);
        }

        if (escapes.At == pattern.Length)
        {
            throw escapes.Error("']' is missing");
        }

        escapes.At++;
        return members.Translate(isNegated);
    }

    /// <summary>Takes <c>\d</c>, <c>\p{Lu}</c> and their like into a class.</summary>
    private static bool TryTakeSet(string pattern, PatternEscapes escapes, PatternClass members)
    {
        switch (pattern[escapes.At] == '\\' && escapes.At + 1 < pattern.Length ? pattern[escapes.At + 1] : '\0')
        {
            case var letter and ('d' or 'D' or 'w' or 'W' or 's' or 'S'):
                members.AddSet(PatternClasses.Of(letter, inClass: true), char.IsUpper(letter));
                escapes.At += 2;
                return true;
            case var letter and ('p' or 'P'):
                members.AddSet(escapes.TakeCategory(), letter == 'P');
                return true;
            default:
                return false;
        }
    }

    /// <summary>One character of a class, as its number.</summary>
    private static int TakeMember(string pattern, PatternEscapes escapes)
    {
        if (pattern[escapes.At] == '\\')
        {
            var letter = escapes.Letter();
            if (letter is 'u' or 'x' or 'c' or 'b' or 't' or 'n' or 'v' or 'f' or 'r' or '0')
            {
                return escapes.TakeCode();
            }

            escapes.CheckSign(letter);
            escapes.At++;
        }

        var written = char.IsSurrogatePair(pattern, escapes.At) ? char.ConvertToUtf32(pattern, escapes.At) : pattern[escapes.At];
        escapes.At += written > char.MaxValue ? 2 : 1;
        return written;
    }
}
