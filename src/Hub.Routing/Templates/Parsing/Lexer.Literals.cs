namespace Hub.Routing.Templates.Parsing;

internal sealed partial class Lexer
{
    /// <summary>Reads up to the closing quote, or for an interpolated string up to the brace that opens an expression.</summary>
    private void ReadString(TokenKind kind, int start, char quote)
    {
        var interpolated = kind != TokenKind.String;
        _at++;
        while (true)
        {
            if (_at >= _text.Length)
            {
                throw Error(_at - 1, $"Unexpected end of file while parsing a string not terminated by a {quote}");
            }

            var c = Current;
            if (c == '\\')
            {
                _at++;
                ReadEscape(interpolated);
            }
            else if (c == quote)
            {
                Add(kind, start, _at++);
                return;
            }
            else if (interpolated && c == '{')
            {
                Add(kind == TokenKind.InterpolatedWhole ? TokenKind.InterpolatedBegin : TokenKind.InterpolatedMiddle, start, _at);
                OpenInterpolation(quote);
                return;
            }
            else
            {
                _at++;
            }
        }
    }

    private void ReadEscape(bool interpolated)
    {
        var hex = 0;
        switch (Current)
        {
            case '\r':
                _at += Peek(1) == '\n' ? 2 : 1;
                return;
            case '\n' or '0' or '\'' or '"' or '\\' or 'b' or 'f' or 'n' or 'r' or 't' or 'v':
                break;
            case '{' when interpolated:
                break;
            case 'u':
                hex = 4;
                break;
            case 'x':
                hex = 2;
                break;
            default:
                throw Error(_at, $"Unexpected escape character `{Current}` in string. Only 0 ' \\ \" b f n r t v u0000-uFFFF x00-xFF are allowed");
        }

        _at++;
        for (; hex > 0; hex--, _at++)
        {
            if (!char.IsAsciiHexDigit(Current))
            {
                throw Error(_at, $"Unexpected hex number `{Current}` in an escape sequence");
            }
        }
    }

    private void ReadVerbatimString()
    {
        var start = _at++;
        while (true)
        {
            if (_at >= _text.Length)
            {
                throw Error(_at - 1, "Unexpected end of file while parsing a verbatim string not terminated by a `");
            }

            if (_text[_at++] == '`')
            {
                if (Current != '`')
                {
                    break;
                }

                _at++;
            }
        }

        Add(TokenKind.VerbatimString, start, _at - 1);
    }

    private void ReadNumber(int start)
    {
        if (Current == '0' && Peek(1) is 'x' or 'b' && Current == '0')
        {
            var kind = Peek(1) == 'x' ? TokenKind.HexInteger : TokenKind.BinaryInteger;
            _at += 2;
            var first = _at;
            while ((kind == TokenKind.HexInteger ? char.IsAsciiHexDigit(Current) : Current is '0' or '1') || Current == '_')
            {
                _at++;
            }

            if (_at == first)
            {
                throw Error(start, "Invalid number, expecting at least a digit after 0x or 0b");
            }

            if (Current is 'u' or 'U' && !IsInName(Peek(1)))
            {
                _at++;
            }

            Add(kind, start, _at - 1);
            return;
        }

        while (char.IsAsciiDigit(Current) || Current == '_')
        {
            _at++;
        }

        // A dot is a fraction before a digit, a suffix or an exponent; before another dot it is a range, before a letter a member.
        var isFloat = false;
        var next = Peek(1);
        if (Current == '.' && next != '.' && (IsSuffix(next) || char.IsAsciiDigit(next) || !char.IsLetter(next) || next is 'e' or 'E'))
        {
            isFloat = true;
            _at++;
            SkipDigits();
        }

        if (Current is 'e' or 'E')
        {
            _at++;
            if (Current is '+' or '-')
            {
                _at++;
            }

            if (!char.IsAsciiDigit(Current))
            {
                throw Error(_at, "Expecting at least one digit after the exponent");
            }

            SkipDigits();
        }

        if (IsSuffix(Current) && !IsInName(Peek(1)))
        {
            isFloat = true;
            _at++;
        }

        Add(isFloat ? TokenKind.Float : TokenKind.Integer, start, _at - 1);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }
    }

    private static bool IsSuffix(char c) => c is 'f' or 'F' or 'd' or 'D' or 'm' or 'M';
}
