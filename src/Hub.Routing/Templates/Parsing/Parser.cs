using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

/// <summary>Turns tokens into statements; the first error ends it. Blocks here, statements and expressions in the other parts.</summary>
internal sealed partial class Parser
{
    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly TemplateException? _lexerError;
    private readonly bool _codeOnly;
    private readonly bool _isNested;
    private int _at;
    private Token _previous;
    private bool _inCode;
    private int _codeStart;
    private int _blockLevel;
    private int _newLinesHidden;
    private int _depth;

    private Parser(string text, bool codeOnly, bool isNested)
    {
        _isNested = isNested;
        _text = text;
        (_tokens, _lexerError) = Lexer.Tokenize(text, codeOnly);
        _codeOnly = codeOnly;
        _inCode = codeOnly;
        CheckLexer();
    }

    private enum Owner : byte
    {
        Page,
        If,
        Else,
        For,
        Case,
        When,
        Other,
        AnonymousFunction,
    }

    /// <summary>What ended a block.</summary>
    private enum Closing : byte
    {
        End,
        Else,
        When,
    }

    private Token Current => _tokens[_at];

    /// <summary>Parses a template; <paramref name="slots"/> is how many paths into the model are kept while it is rendered.</summary>
    public static Block Parse(string text, out int slots)
    {
        var parser = new Parser(text, codeOnly: false, isNested: false);
        var block = parser.ParseBlock(Owner.Page, out _);
        slots = parser._slots;
        return block;
    }

    /// <summary>Parses a text that a running template evaluates.</summary>
    public static Block ParseNested(string text, bool codeOnly, out int parts)
    {
        var parser = new Parser(text, codeOnly, isNested: true);
        parts = parser._tokens.Count;
        return parser.ParseBlock(Owner.Page, out _);
    }

    private string TextOf(Token token) => _text[token.Start..Math.Min(token.End + 1, _text.Length)];

    private bool Is(string keyword) =>
        Current.Kind == TokenKind.Identifier
        && Current.End - Current.Start + 1 == keyword.Length
        && _text.AsSpan(Current.Start, keyword.Length).SequenceEqual(keyword);

    private TemplateException Error(int at, string message) => TemplateException.At(_text, at, message);

    private TemplateException Unexpected(string expected) => Error(Current.Start, $"Unexpected `{TextOf(Current)}`. {expected}");

    private void Next()
    {
        _previous = Current;
        do
        {
            _at++;
        } while (_newLinesHidden > 0 && Current.Kind == TokenKind.NewLine);

        CheckLexer();
    }

    private void CheckLexer()
    {
        if (Current.Kind == TokenKind.Invalid && _lexerError is not null && _at == _tokens.Count - 2)
        {
            throw _lexerError;
        }
    }

    private Token Peek()
    {
        var at = _at + 1;
        while (_newLinesHidden > 0 && at < _tokens.Count && _tokens[at].Kind == TokenKind.NewLine)
        {
            at++;
        }

        return at < _tokens.Count ? _tokens[at] : _tokens[^1];
    }

    private void Expect(TokenKind kind, string expected)
    {
        if (Current.Kind != kind)
        {
            throw Unexpected(expected);
        }

        Next();
    }

    private void Enter()
    {
        if (++_depth > TemplateLimits.Nesting || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw TemplateException.At(
                _text,
                Current.Start,
                $"The template is nested deeper than its limit Nesting = {TemplateLimits.Nesting}",
                nameof(TemplateLimits.Nesting)
            );
        }
    }

    private T Ended<T>(T node)
        where T : Expression
    {
        node.End = _previous.End;
        return node;
    }

    private Block ParseBlock(Owner owner, out Closing closing)
    {
        Enter();
        _blockLevel++;
        var statements = new List<Statement>();
        var start = Current.Start;
        var indent = (Has: false, Text: (string?)null);
        (int Index, Token Token)? lastText = null;
        while (true)
        {
            switch (Current.Kind)
            {
                case TokenKind.Eof:
                    if (_blockLevel > 1)
                    {
                        throw Error(_previous.Start, "The <end> statement was not found");
                    }

                    if (_inCode && !_codeOnly)
                    {
                        throw Error(_codeStart, "The code block is not closed by }}");
                    }

                    closing = Closing.End;
                    return Close(statements, start);
                case TokenKind.Raw or TokenKind.EscapedRaw:
                    if (owner != Owner.Case)
                    {
                        lastText = (statements.Count, Current);
                        Add(statements, new TextStatement(TextOf(Current)) { Start = Current.Start }, indent);
                    }

                    Next();
                    break;
                case TokenKind.CodeEnter or TokenKind.EscapeEnter:
                    indent = (
                        true,
                        Current.Kind == TokenKind.CodeEnter && lastText is { } text && text.Index == statements.Count - 1 ? IndentOf(text.Token) : null
                    );
                    _inCode = Current.Kind == TokenKind.CodeEnter;
                    _codeStart = Current.Start;
                    Next();
                    break;
                case TokenKind.CodeExit or TokenKind.EscapeExit:
                    indent = (false, null);
                    _inCode = false;
                    lastText = null;
                    Next();
                    break;
                case TokenKind.NewLine or TokenKind.Semicolon:
                    Next();
                    break;
                default:
                    if (ClosesBlock(owner, out closing))
                    {
                        return Close(statements, start);
                    }

                    if (owner == Owner.Case)
                    {
                        throw Unexpected("Only `when`/`else` are expected in the body of a `case` statement.");
                    }

                    var at = Current.Start;
                    var statement = ParseStatement();
                    statement.Start = at;
                    Add(statements, statement, indent);
                    break;
            }
        }
    }

    private Block Close(List<Statement> statements, int start)
    {
        _depth--;
        _blockLevel--;
        return new Block(statements) { Start = start };
    }

    private static void Add(List<Statement> statements, Statement statement, (bool Has, string? Text) indent)
    {
        statement.HasIndent = indent.Has;
        statement.Indent = indent.Text;
        statements.Add(statement);
    }

    /// <summary>The white space between the last line end and the code block; null when there is other text.</summary>
    private string? IndentOf(Token text)
    {
        for (var i = text.End; i >= 0; i--)
        {
            if (_text[i] == '\n')
            {
                return _text[(i + 1)..(text.End + 1)];
            }

            if (!char.IsWhiteSpace(_text[i]))
            {
                return null;
            }
        }

        return _text[..(text.End + 1)];
    }

    private bool ClosesBlock(Owner owner, out Closing closing)
    {
        closing = Closing.End;
        if (Is("end"))
        {
            if (owner == Owner.Page)
            {
                throw Unexpected("There is no block for this `end` to close.");
            }

            Next();
            if (owner != Owner.AnonymousFunction)
            {
                ExpectEndOfStatement();
            }

            return true;
        }

        if (Is("else"))
        {
            var start = Current.Start;
            if (owner is Owner.If or Owner.When or Owner.For)
            {
                closing = Closing.Else;
                return true;
            }

            ParseElse();
            throw Error(start, "A else condition must be preceded by another if/else/when condition or a for loop.");
        }

        if (Is("when"))
        {
            if (owner is Owner.Case or Owner.When)
            {
                closing = Closing.When;
                return true;
            }

            var start = Current.Start;
            ParseCaseBranches([]);
            throw Error(start, "A `when` condition must be preceded by another `when`/`else`/`case` condition");
        }

        return false;
    }

    private void ExpectEndOfStatement()
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
}
