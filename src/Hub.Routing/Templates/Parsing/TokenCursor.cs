using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

/// <summary>The place in the tokens that the parser has reached, and how deep in it is.</summary>
internal sealed class TokenCursor
{
    private readonly List<Token> _tokens;
    private readonly TemplateException? _lexerError;
    private int _at;
    private int _newLinesHidden;

    public TokenCursor(string text, bool codeOnly)
    {
        Text = text;
        (_tokens, _lexerError) = Lexer.Tokenize(text, codeOnly);
        MoveTo(0);
    }

    public string Text { get; }

    public int Count => _tokens.Count;

    public Token Current { get; private set; }

    public Token Previous { get; private set; }

    /// <summary>Levels of nesting.</summary>
    public int Depth { get; set; }

    public void Leave() => Depth--;

    /// <summary>Has line ends passed over, until they are shown again.</summary>
    public void HideNewLines() => _newLinesHidden++;

    public void ShowNewLines() => _newLinesHidden--;

    /// <summary>Shows line ends for a body of statements; gives what <see cref="RestoreNewLines"/> takes.</summary>
    public int ShowAllNewLines() => (_newLinesHidden, _newLinesHidden = 0).Item1;

    public void RestoreNewLines(int hidden) => _newLinesHidden = hidden;

    public string TextOf(Token token) => Text[token.Start..Math.Min(token.End + 1, Text.Length)];

    public bool Is(string keyword) =>
        Current.Kind == TokenKind.Identifier
        && Current.End - Current.Start + 1 == keyword.Length
        && Text.AsSpan(Current.Start, keyword.Length).SequenceEqual(keyword);

    public TemplateException Error(int at, string message) => TemplateException.At(Text, at, message);

    public TemplateException Unexpected(string expected) => Error(Current.Start, $"Unexpected `{TextOf(Current)}`. {expected}");

    public void Next()
    {
        Previous = Current;
        var at = _at + 1;
        while (_newLinesHidden > 0 && _tokens[at].Kind == TokenKind.NewLine)
        {
            at++;
        }

        MoveTo(at);
    }

    private void MoveTo(int at)
    {
        _at = at;
        Current = _tokens[at];
        if (Current.Kind == TokenKind.Invalid && _lexerError is not null && at == _tokens.Count - 2)
        {
            throw _lexerError;
        }
    }

    public Token Peek()
    {
        var at = _at + 1;
        while (_newLinesHidden > 0 && at < _tokens.Count && _tokens[at].Kind == TokenKind.NewLine)
        {
            at++;
        }

        return at < _tokens.Count ? _tokens[at] : _tokens[^1];
    }

    public void Expect(TokenKind kind, string expected)
    {
        if (Current.Kind != kind)
        {
            throw Unexpected(expected);
        }

        Next();
    }

    /// <summary>Goes a level deeper, within the limit of levels.</summary>
    public void Enter()
    {
        if (++Depth > TemplateLimits.Nesting || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw TemplateException.At(
                Text,
                Current.Start,
                $"The template is nested deeper than its limit Nesting = {TemplateLimits.Nesting}",
                nameof(TemplateLimits.Nesting)
            );
        }
    }

    /// <summary>Notes where a part ends: with the token before.</summary>
    public T Ended<T>(T node)
        where T : Expression
    {
        node.End = Previous.End;
        return node;
    }

    public void ExpectEndOfStatement()
    {
        switch (Current.Kind)
        {
            case TokenKind.NewLine or TokenKind.Semicolon:
                Next();
                break;
            case TokenKind.CodeExit or TokenKind.Eof:
                break;
            default:
                throw Error(Current.Start, $"Invalid token found `{TextOf(Current)}`. Expecting <EOL>/end of line.");
        }
    }

    public bool IsSpaceBefore() => Current.Start > 0 && char.IsWhiteSpace(Text[Current.Start - 1]);

    public bool StartsExpression() =>
        Current.Kind
            is TokenKind.Not
                or TokenKind.Minus
                or TokenKind.Plus
                or TokenKind.At
                or TokenKind.Caret
                or TokenKind.DoublePlus
                or TokenKind.DoubleMinus
                or TokenKind.Identifier
                or TokenKind.LocalIdentifier
                or TokenKind.Integer
                or TokenKind.HexInteger
                or TokenKind.BinaryInteger
                or TokenKind.Float
                or TokenKind.String
                or TokenKind.VerbatimString
                or TokenKind.InterpolatedWhole
                or TokenKind.InterpolatedBegin
                or TokenKind.OpenParen
                or TokenKind.OpenBracket
                or TokenKind.OpenBrace;
}
