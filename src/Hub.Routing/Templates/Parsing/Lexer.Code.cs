namespace Hub.Routing.Templates.Parsing;

internal sealed partial class Lexer
{
    private void ReadCodeBlock()
    {
        while (_at < _text.Length)
        {
            if (IsExit())
            {
                ReadExit(TokenKind.CodeExit);
                return;
            }

            ReadCode();
        }
    }

    private void ReadCode()
    {
        var c = Current;
        var start = _at;
        switch (c)
        {
            case '\n' or '\r':
                _at++;
                SkipWhitespace();
                Add(TokenKind.NewLine, start, start);
                return;
            case '#':
                ReadComment();
                return;
            case '"' or '\'':
                ReadString(TokenKind.String, start, c);
                return;
            case '`':
                ReadVerbatimString();
                return;
            case '{':
                _openBraces++;
                break;
            case '}':
                ReadCloseBrace();
                return;
            case '$' when Peek(1) is '"' or '\'':
                _at++;
                ReadInterpolated(start, Current);
                return;
        }

        if (char.IsWhiteSpace(c))
        {
            _at++;
        }
        else if (c == '$' || IsFirstOfName(c))
        {
            ReadName(start);
        }
        else if (char.IsAsciiDigit(c))
        {
            ReadNumber(start);
        }
        else
        {
            var (kind, length) = Symbol(c, Peek(1), Peek(2));
            _at += length;
            Add(kind, start, _at - 1);
        }
    }

    private static (TokenKind Kind, int Length) Symbol(char c, char next, char third) =>
        (c, next, third) switch
        {
            ('.', '.', '.') => (TokenKind.TripleDot, 3),
            ('.', '.', '<') => (TokenKind.DoubleDotLess, 3),
            ('/', '/', '=') => (TokenKind.DoubleSlashEqual, 3),
            ('.', '.', _) => (TokenKind.DoubleDot, 2),
            ('/', '/', _) => (TokenKind.DoubleSlash, 2),
            ('/', '=', _) => (TokenKind.SlashEqual, 2),
            ('*', '=', _) => (TokenKind.StarEqual, 2),
            ('+', '+', _) => (TokenKind.DoublePlus, 2),
            ('+', '=', _) => (TokenKind.PlusEqual, 2),
            ('-', '-', _) => (TokenKind.DoubleMinus, 2),
            ('-', '=', _) => (TokenKind.MinusEqual, 2),
            ('%', '=', _) => (TokenKind.PercentEqual, 2),
            ('&', '&', _) => (TokenKind.DoubleAmp, 2),
            ('|', '|', _) => (TokenKind.DoublePipe, 2),
            ('|', '>', _) => (TokenKind.Pipe, 2),
            ('?', '?', _) => (TokenKind.DoubleQuestion, 2),
            ('?', '!', _) => (TokenKind.QuestionNot, 2),
            ('?', '.', _) => (TokenKind.QuestionDot, 2),
            ('!', '=', _) => (TokenKind.NotEqual, 2),
            ('=', '=', _) => (TokenKind.DoubleEqual, 2),
            ('<', '=', _) => (TokenKind.LessEqual, 2),
            ('<', '<', _) => (TokenKind.ShiftLeft, 2),
            ('>', '=', _) => (TokenKind.GreaterEqual, 2),
            ('>', '>', _) => (TokenKind.ShiftRight, 2),
            _ => (
                c switch
                {
                    ';' => TokenKind.Semicolon,
                    ':' => TokenKind.Colon,
                    '@' => TokenKind.At,
                    '^' => TokenKind.Caret,
                    ',' => TokenKind.Comma,
                    '.' => TokenKind.Dot,
                    '(' => TokenKind.OpenParen,
                    ')' => TokenKind.CloseParen,
                    '[' => TokenKind.OpenBracket,
                    ']' => TokenKind.CloseBracket,
                    '{' => TokenKind.OpenBrace,
                    '=' => TokenKind.Equal,
                    '|' => TokenKind.Pipe,
                    '!' => TokenKind.Not,
                    '?' => TokenKind.Question,
                    '<' => TokenKind.Less,
                    '>' => TokenKind.Greater,
                    '*' => TokenKind.Star,
                    '/' => TokenKind.Slash,
                    '+' => TokenKind.Plus,
                    '-' => TokenKind.Minus,
                    '%' => TokenKind.Percent,
                    '&' => TokenKind.Amp,
                    _ => TokenKind.Invalid,
                },
                1
            ),
        };

    private void ReadCloseBrace()
    {
        if (_interpolations.TryPeek(out var open) && _openBraces == open.Braces)
        {
            Add(TokenKind.InterpolatedClose, _at, _at);
            _openBraces--;
            _interpolations.Pop();
            ReadString(TokenKind.InterpolatedEnd, _at, open.Quote);
            return;
        }

        if (_openBraces == 0)
        {
            throw Error(_at, "Unexpected } while no matching {");
        }

        _openBraces--;
        Add(TokenKind.CloseBrace, _at, _at);
        _at++;
    }

    private void ReadInterpolated(int start, char quote) => ReadString(TokenKind.InterpolatedWhole, start, quote);

    private void OpenInterpolation(char quote)
    {
        Add(TokenKind.InterpolatedOpen, _at, _at);
        _at++;
        _openBraces++;
        _interpolations.Push(new Interpolation(quote, _openBraces));
    }

    private void ReadComment()
    {
        _at++;
        if (Current != '#')
        {
            while (_at < _text.Length && !IsExit() && Current is not ('\n' or '\r'))
            {
                _at++;
            }

            return;
        }

        _at++;
        while (_at < _text.Length && !IsExit())
        {
            if (_text[_at++] == '#' && Current == '#')
            {
                _at++;
                break;
            }
        }
    }

    private static bool IsFirstOfName(char c) => c == '_' || char.IsLetter(c);

    private static bool IsInName(char c) => IsFirstOfName(c) || char.IsDigit(c);

    private void ReadName(int start)
    {
        var local = Current == '$';
        _at++;
        if (local && Current == '$')
        {
            _at++;
        }
        else
        {
            while (IsInName(Current))
            {
                _at++;
            }
        }

        Add(local ? TokenKind.LocalIdentifier : TokenKind.Identifier, start, _at - 1);
    }
}
