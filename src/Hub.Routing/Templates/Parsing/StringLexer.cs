namespace Hub.Routing.Templates.Parsing;

/// <summary>Takes texts in quotes.</summary>
internal sealed class StringLexer(LexerSource source, CodeLexer code)
{
    private readonly LexerSource _source = source;

    /// <summary>Reads up to the closing quote, or for an interpolated string up to the brace that opens an expression.</summary>
    public void Read(TokenKind kind, int start, char quote)
    {
        var interpolated = kind != TokenKind.String;
        _source.At++;
        while (true)
        {
            if (_source.At >= _source.Text.Length)
            {
                throw _source.Error(_source.At - 1, $"Unexpected end of file while parsing a string not terminated by a {quote}");
            }

            var c = _source.Current;
            if (c == '\\')
            {
                _source.At++;
                ReadEscape(interpolated);
            }
            else if (c == quote)
            {
                _source.Add(kind, start, _source.At++);
                return;
            }
            else if (interpolated && c == '{')
            {
                _source.Add(kind == TokenKind.InterpolatedWhole ? TokenKind.InterpolatedBegin : TokenKind.InterpolatedMiddle, start, _source.At);
                code.OpenInterpolation(quote);
                return;
            }
            else
            {
                _source.At++;
            }
        }
    }

    private void ReadEscape(bool interpolated)
    {
        var hex = 0;
        switch (_source.Current)
        {
            case '\r':
                _source.At += _source.Peek(1) == '\n' ? 2 : 1;
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
                throw _source.Error(
                    _source.At,
                    $"Unexpected escape character `{_source.Current}` in string. Only 0 ' \\ \" b f n r t v u0000-uFFFF x00-xFF are allowed"
                );
        }

        _source.At++;
        for (; hex > 0; hex--, _source.At++)
        {
            if (!char.IsAsciiHexDigit(_source.Current))
            {
                throw _source.Error(_source.At, $"Unexpected hex number `{_source.Current}` in an escape sequence");
            }
        }
    }

    public void ReadVerbatim()
    {
        var start = _source.At++;
        while (true)
        {
            if (_source.At >= _source.Text.Length)
            {
                throw _source.Error(_source.At - 1, "Unexpected end of file while parsing a verbatim string not terminated by a `");
            }

            if (_source.Text[_source.At++] == '`')
            {
                if (_source.Current != '`')
                {
                    break;
                }

                _source.At++;
            }
        }

        _source.Add(TokenKind.VerbatimString, start, _source.At - 1);
    }
}
