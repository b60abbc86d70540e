namespace Hub.Routing.Templates.Parsing;

/// <summary>Tells the template's own text from blocks of code and escape blocks.</summary>
internal sealed class BlockLexer
{
    private readonly LexerSource _source;
    private readonly CodeLexer _code;
    private readonly bool _isCodeOnly;
    private int _percents;

    public BlockLexer(LexerSource source, bool isCodeOnly)
    {
        (_source, _isCodeOnly) = (source, isCodeOnly);
        _code = new CodeLexer(source, this);
    }

    public void ReadAll()
    {
        if (_isCodeOnly)
        {
            _code.ReadBlock();
            return;
        }

        while (_source.At < _source.Text.Length)
        {
            ReadBlock();
        }
    }

    private void ReadBlock()
    {
        if (!IsEnter())
        {
            ReadRaw(TokenKind.Raw);
            return;
        }

        var start = _source.At++;
        while (_source.Current == '%')
        {
            _percents++;
            _source.At++;
        }

        _source.At++;
        if (_source.Current is '-' or '~')
        {
            _source.At++;
        }

        if (_percents == 0)
        {
            _source.Add(TokenKind.CodeEnter, start, _source.At - 1);
            _code.ReadBlock();
            return;
        }

        _source.Add(TokenKind.EscapeEnter, start, _source.At - 1);
        if (!IsExit())
        {
            ReadRaw(TokenKind.EscapedRaw);
        }

        if (_source.At < _source.Text.Length)
        {
            ReadExit(TokenKind.EscapeExit);
        }
    }

    private bool IsEnter()
    {
        if (_source.Current != '{')
        {
            return false;
        }

        var i = 1;
        while (_source.Peek(i) == '%')
        {
            i++;
        }

        return _source.Peek(i) == '{';
    }

    public bool IsExit()
    {
        if (_code.OpenBraces > 0 || _isCodeOnly)
        {
            return false;
        }

        var i = _source.Current is '-' or '~' ? 1 : 0;
        if (_source.Peek(i++) != '}')
        {
            return false;
        }

        for (var n = 0; n < _percents; n++)
        {
            if (_source.Peek(i++) != '%')
            {
                return false;
            }
        }

        return _source.Peek(i) == '}';
    }

    public void ReadExit(TokenKind kind)
    {
        var start = _source.At;
        var strip = _source.Current is '-' or '~' ? _source.Current : '\0';
        _source.At += (strip == '\0' ? 2 : 3) + _percents;
        _percents = 0;
        _source.Add(kind, start, _source.At - 1);
        if (strip == '-')
        {
            _source.SkipWhitespace();
        }
        else if (strip == '~')
        {
            // Up to and with the first line end.
            while (char.IsWhiteSpace(_source.Current))
            {
                if (_source.Text[_source.At++] == '\n')
                {
                    break;
                }
            }
        }
    }

    private void ReadRaw(TokenKind kind)
    {
        var start = _source.At;
        while (_source.At < _source.Text.Length && !(kind == TokenKind.Raw ? IsEnter() : IsExit()))
        {
            _source.At++;
            if (kind == TokenKind.Raw)
            {
                _source.SkipTo('{');
            }
        }

        var end = _source.At;
        if (kind == TokenKind.Raw && _source.At < _source.Text.Length)
        {
            var i = 1;
            while (_source.Peek(i) == '%')
            {
                i++;
            }

            var strip = _source.Peek(i + 1);
            while ((strip == '-' && end > start && char.IsWhiteSpace(_source.Text[end - 1])) || (strip == '~' && end > start && IsBlank(end - 1)))
            {
                end--;
            }
        }

        if (end > start)
        {
            _source.Add(kind, start, end - 1);
        }
    }

    private bool IsBlank(int at) =>
        char.IsWhiteSpace(_source.Text[at])
        && _source.Text[at] != '\n'
        && !(_source.Text[at] == '\r' && (at + 1 >= _source.Text.Length || _source.Text[at + 1] != '\n'));
}
