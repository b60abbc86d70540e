namespace Hub.Routing.Templates.Parsing;

/// <summary>Takes numbers.</summary>
internal static class NumberLexer
{
    public static void Read(LexerSource source, int start)
    {
        if (source.Current == '0' && source.Peek(1) is 'x' or 'b' && source.Current == '0')
        {
            var kind = source.Peek(1) == 'x' ? TokenKind.HexInteger : TokenKind.BinaryInteger;
            source.At += 2;
            var first = source.At;
            while ((kind == TokenKind.HexInteger ? char.IsAsciiHexDigit(source.Current) : source.Current is '0' or '1') || source.Current == '_')
            {
                source.At++;
            }

            if (source.At == first)
            {
                throw source.Error(start, "Invalid number, expecting at least a digit after 0x or 0b");
            }

            if (source.Current is 'u' or 'U' && !LexerSource.IsInName(source.Peek(1)))
            {
                source.At++;
            }

            source.Add(kind, start, source.At - 1);
            return;
        }

        while (char.IsAsciiDigit(source.Current) || source.Current == '_')
        {
            source.At++;
        }

        // A dot is a fraction before a digit, a suffix or an exponent; before another dot it is a range, before a letter a member.
        var isFloat = false;
        var next = source.Peek(1);
        if (source.Current == '.' && next != '.' && (IsSuffix(next) || char.IsAsciiDigit(next) || !char.IsLetter(next) || next is 'e' or 'E'))
        {
            isFloat = true;
            source.At++;
            SkipDigits(source);
        }

        if (source.Current is 'e' or 'E')
        {
            source.At++;
            if (source.Current is '+' or '-')
            {
                source.At++;
            }

            if (!char.IsAsciiDigit(source.Current))
            {
                throw source.Error(source.At, "Expecting at least one digit after the exponent");
            }

            SkipDigits(source);
        }

        if (IsSuffix(source.Current) && !LexerSource.IsInName(source.Peek(1)))
        {
            isFloat = true;
            source.At++;
        }

        source.Add(isFloat ? TokenKind.Float : TokenKind.Integer, start, source.At - 1);
    }

    private static void SkipDigits(LexerSource source)
    {
        while (char.IsAsciiDigit(source.Current))
        {
            source.At++;
        }
    }

    private static bool IsSuffix(char c) => c is 'f' or 'F' or 'd' or 'D' or 'm' or 'M';
}
