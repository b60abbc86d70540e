namespace Hub.Routing.Templates.Parsing;

/// <summary>Cuts a template into tokens: text and escape blocks here, code in the other parts.</summary>
internal sealed partial class Lexer
{
    private readonly string _text;
    private readonly bool _codeOnly;
    private readonly List<Token> _tokens = [];
    private readonly Stack<Interpolation> _interpolations = new();
    private int _at;
    private int _openBraces;
    private int _percents;

    private Lexer(string text, bool codeOnly)
    {
        _text = text;
        _codeOnly = codeOnly;
    }

    private record struct Interpolation(char Quote, int Braces);

    private char Current => Peek(0);

    /// <summary>
    /// All tokens, ended by Eof. A exception ends them with Invalid, so that the parser can name an earlier one.
    /// <paramref name="codeOnly"/>: the whole text is code, without <c>{{</c>.
    /// </summary>
    public static (List<Token> Tokens, TemplateException? Error) Tokenize(string text, bool codeOnly)
    {
        var lexer = new Lexer(text, codeOnly);
        TemplateException? exception = null;
        try
        {
            lexer.ReadAll();
        }
        catch (TemplateException e)
        {
            exception = e;
            lexer._tokens.Add(new Token(TokenKind.Invalid, lexer._at, lexer._at));
        }

        lexer._tokens.Add(new Token(TokenKind.Eof, text.Length, text.Length));
        return (lexer._tokens, exception);
    }

    /// <summary>
    /// How many parts a template consists of; <see cref="TemplateLimits.Parts"/> when it has more, or as many as there are before an error.
    /// </summary>
    public static int Count(string text) => Tokenize(text, codeOnly: false).Tokens.Count;

    private void ReadAll()
    {
        if (_codeOnly)
        {
            ReadCodeBlock();
            return;
        }

        while (_at < _text.Length)
        {
            ReadBlock();
        }
    }

    private char Peek(int ahead) => _at + ahead < _text.Length && _at + ahead >= 0 ? _text[_at + ahead] : '\0';

    private void Add(TokenKind kind, int start, int end)
    {
        if (_tokens.Count == TemplateLimits.Parts)
        {
            throw TemplateException.At(
                _text,
                start,
                $"The template consists of more parts than its limit Parts = {TemplateLimits.Parts}",
                nameof(TemplateLimits.Parts)
            );
        }

        _tokens.Add(new Token(kind, start, end));
    }

    private TemplateException Error(int at, string message) => TemplateException.At(_text, at, message);

    private void ReadBlock()
    {
        if (!IsEnter())
        {
            ReadRaw(TokenKind.Raw);
            return;
        }

        var start = _at++;
        while (Current == '%')
        {
            _percents++;
            _at++;
        }

        _at++;
        if (Current is '-' or '~')
        {
            _at++;
        }

        if (_percents == 0)
        {
            Add(TokenKind.CodeEnter, start, _at - 1);
            ReadCodeBlock();
            return;
        }

        Add(TokenKind.EscapeEnter, start, _at - 1);
        if (!IsExit())
        {
            ReadRaw(TokenKind.EscapedRaw);
        }

        if (_at < _text.Length)
        {
            ReadExit(TokenKind.EscapeExit);
        }
    }

    private bool IsEnter()
    {
        if (Current != '{')
        {
            return false;
        }

        var i = 1;
        while (Peek(i) == '%')
        {
            i++;
        }

        return Peek(i) == '{';
    }

    private bool IsExit()
    {
        if (_openBraces > 0 || _codeOnly)
        {
            return false;
        }

        var i = Current is '-' or '~' ? 1 : 0;
        if (Peek(i++) != '}')
        {
            return false;
        }

        for (var n = 0; n < _percents; n++)
        {
            if (Peek(i++) != '%')
            {
                return false;
            }
        }

        return Peek(i) == '}';
    }

    private void ReadExit(TokenKind kind)
    {
        var start = _at;
        var strip = Current is '-' or '~' ? Current : '\0';
        _at += (strip == '\0' ? 2 : 3) + _percents;
        _percents = 0;
        Add(kind, start, _at - 1);
        if (strip == '-')
        {
            SkipWhitespace();
        }
        else if (strip == '~')
        {
            // Up to and with the first line end.
            while (char.IsWhiteSpace(Current))
            {
                if (_text[_at++] == '\n')
                {
                    break;
                }
            }
        }
    }

    private void ReadRaw(TokenKind kind)
    {
        var start = _at;
        while (_at < _text.Length && !(kind == TokenKind.Raw ? IsEnter() : IsExit()))
        {
            _at++;
        }

        var end = _at;
        if (kind == TokenKind.Raw && _at < _text.Length)
        {
            var i = 1;
            while (Peek(i) == '%')
            {
                i++;
            }

            var strip = Peek(i + 1);
            while ((strip == '-' && end > start && char.IsWhiteSpace(_text[end - 1])) || (strip == '~' && end > start && IsBlank(end - 1)))
            {
                end--;
            }
        }

        if (end > start)
        {
            Add(kind, start, end - 1);
        }
    }

    private bool IsBlank(int at) =>
        char.IsWhiteSpace(_text[at]) && _text[at] != '\n' && !(_text[at] == '\r' && (at + 1 >= _text.Length || _text[at + 1] != '\n'));

    private void SkipWhitespace()
    {
        while (char.IsWhiteSpace(Current))
        {
            _at++;
        }
    }
}
