namespace Hub.Routing.Templates.Parsing;

/// <summary>Cuts code into tokens.</summary>
internal sealed class CodeLexer
{
    private readonly LexerSource _source;
    private readonly BlockLexer _blocks;
    private Stack<Interpolation>? _interpolations;
    private StringLexer? _strings;

    public CodeLexer(LexerSource source, BlockLexer blocks)
    {
        (_source, _blocks) = (source, blocks);
    }

    private record struct Interpolation(char Quote, int Braces);

    private StringLexer Strings => _strings ??= new StringLexer(_source, this);

    /// <summary>Braces opened and not closed: within them nothing ends the code.</summary>
    public int OpenBraces { get; private set; }

    public void ReadBlock()
    {
        while (_source.At < _source.Text.Length)
        {
            if (_blocks.IsExit())
            {
                _blocks.ReadExit(TokenKind.CodeExit);
                return;
            }

            ReadCode();
        }
    }

    private void ReadCode()
    {
        var c = _source.Current;
        var start = _source.At;
        switch (c)
        {
            case '\n' or '\r':
                _source.At++;
                _source.SkipWhitespace();
                _source.Add(TokenKind.NewLine, start, start);
                return;
            case '#':
                ReadComment();
                return;
            case '"' or '\'':
                Strings.Read(TokenKind.String, start, c);
                return;
            case '`':
                Strings.ReadVerbatim();
                return;
            case '{':
                OpenBraces++;
                break;
            case '}':
                ReadCloseBrace();
                return;
            case '$' when _source.Peek(1) is '"' or '\'':
                _source.At++;
                ReadInterpolated(start, _source.Current);
                return;
        }

        if (char.IsWhiteSpace(c))
        {
            _source.At++;
        }
        else if (c == '$' || LexerSource.IsFirstOfName(c))
        {
            ReadName(start);
        }
        else if (char.IsAsciiDigit(c))
        {
            NumberLexer.Read(_source, start);
        }
        else
        {
            var (kind, length) = TokenSymbols.At(c, _source.Peek(1), _source.Peek(2));
            _source.At += length;
            _source.Add(kind, start, _source.At - 1);
        }
    }

    private void ReadCloseBrace()
    {
        if (_interpolations is not null && _interpolations.TryPeek(out var open) && OpenBraces == open.Braces)
        {
            _source.Add(TokenKind.InterpolatedClose, _source.At, _source.At);
            OpenBraces--;
            _interpolations.Pop();
            Strings.Read(TokenKind.InterpolatedEnd, _source.At, open.Quote);
            return;
        }

        if (OpenBraces == 0)
        {
            throw _source.Error(_source.At, "Unexpected } while no matching {");
        }

        OpenBraces--;
        _source.Add(TokenKind.CloseBrace, _source.At, _source.At);
        _source.At++;
    }

    private void ReadInterpolated(int start, char quote) => Strings.Read(TokenKind.InterpolatedWhole, start, quote);

    public void OpenInterpolation(char quote)
    {
        _source.Add(TokenKind.InterpolatedOpen, _source.At, _source.At);
        _source.At++;
        OpenBraces++;
        (_interpolations ??= new()).Push(new Interpolation(quote, OpenBraces));
    }

    private void ReadComment()
    {
        _source.At++;
        if (_source.Current != '#')
        {
            while (_source.At < _source.Text.Length && !_blocks.IsExit() && _source.Current is not ('\n' or '\r'))
            {
                _source.At++;
            }

            return;
        }

        _source.At++;
        while (_source.At < _source.Text.Length && !_blocks.IsExit())
        {
            if (_source.Text[_source.At++] == '#' && _source.Current == '#')
            {
                _source.At++;
                break;
            }
        }
    }

    private void ReadName(int start)
    {
        var local = _source.Current == '$';
        _source.At++;
        if (local && _source.Current == '$')
        {
            _source.At++;
        }
        else
        {
            _source.SkipName();
        }

        _source.Add(local ? TokenKind.LocalIdentifier : TokenKind.Identifier, start, _source.At - 1);
    }
}
