using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

/// <summary>Blocks of statements and texts, up to what closes them.</summary>
internal sealed class BlockParser(Parser parser)
{
    private readonly TokenCursor _tokens = parser.Tokens;
    private int _codeStart;
    private int _level;

    /// <summary>Whether the place reached is within <c>{{ }}</c>.</summary>
    public bool IsInCode { get; private set; } = parser.IsCodeOnly;

    public Block Parse(BlockOwner owner, out BlockClosing closing)
    {
        _tokens.Enter();
        _level++;
        var statements = new List<Statement>();
        var start = _tokens.Current.Start;
        var indent = (Has: false, Text: (string?)null);
        (int Index, Token Token)? lastText = null;
        while (true)
        {
            switch (_tokens.Current.Kind)
            {
                case TokenKind.Eof:
                    if (_level > 1)
                    {
                        throw _tokens.Error(_tokens.Previous.Start, "The <end> statement was not found");
                    }

                    if (IsInCode && !parser.IsCodeOnly)
                    {
                        throw _tokens.Error(_codeStart, "The code block is not closed by }}");
                    }

                    closing = BlockClosing.End;
                    return Close(statements, start);
                case TokenKind.Raw or TokenKind.EscapedRaw:
                    if (owner != BlockOwner.Case)
                    {
                        lastText = (statements.Count, _tokens.Current);
                        Add(statements, new TextStatement(_tokens.TextOf(_tokens.Current)) { Start = _tokens.Current.Start }, indent);
                    }

                    _tokens.Next();
                    break;
                case TokenKind.CodeEnter or TokenKind.EscapeEnter:
                    indent = (
                        true,
                        _tokens.Current.Kind == TokenKind.CodeEnter && lastText is { } text && text.Index == statements.Count - 1 ? IndentOf(text.Token) : null
                    );
                    IsInCode = _tokens.Current.Kind == TokenKind.CodeEnter;
                    _codeStart = _tokens.Current.Start;
                    _tokens.Next();
                    break;
                case TokenKind.CodeExit or TokenKind.EscapeExit:
                    indent = (false, null);
                    IsInCode = false;
                    lastText = null;
                    _tokens.Next();
                    break;
                case TokenKind.NewLine or TokenKind.Semicolon:
                    _tokens.Next();
                    break;
                default:
                    if (ClosesBlock(owner, out closing))
                    {
                        return Close(statements, start);
                    }

                    if (owner == BlockOwner.Case)
                    {
                        throw _tokens.Unexpected("Only `when`/`else` are expected in the body of a `case` statement.");
                    }

                    var at = _tokens.Current.Start;
                    var statement = parser.Statements.Parse();
                    statement.Start = at;
                    Add(statements, statement, indent);
                    break;
            }
        }
    }

    private Block Close(List<Statement> statements, int start)
    {
        _tokens.Leave();
        _level--;
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
            if (_tokens.Text[i] == '\n')
            {
                return _tokens.Text[(i + 1)..(text.End + 1)];
            }

            if (!char.IsWhiteSpace(_tokens.Text[i]))
            {
                return null;
            }
        }

        return _tokens.Text[..(text.End + 1)];
    }

    private bool ClosesBlock(BlockOwner owner, out BlockClosing closing)
    {
        closing = BlockClosing.End;
        if (_tokens.Is("end"))
        {
            if (owner == BlockOwner.Page)
            {
                throw _tokens.Unexpected("There is no block for this `end` to close.");
            }

            _tokens.Next();
            if (owner != BlockOwner.AnonymousFunction)
            {
                _tokens.ExpectEndOfStatement();
            }

            return true;
        }

        if (_tokens.Is("else"))
        {
            var start = _tokens.Current.Start;
            if (owner is BlockOwner.If or BlockOwner.When or BlockOwner.For)
            {
                closing = BlockClosing.Else;
                return true;
            }

            parser.Statements.ParseElse();
            throw _tokens.Error(start, "An else condition must be preceded by another if/else/when condition or a for loop.");
        }

        if (_tokens.Is("when"))
        {
            if (owner is BlockOwner.Case or BlockOwner.When)
            {
                closing = BlockClosing.When;
                return true;
            }

            var start = _tokens.Current.Start;
            parser.Statements.ParseCaseBranches([]);
            throw _tokens.Error(start, "A `when` condition must be preceded by another `when`/`else`/`case` condition");
        }

        return false;
    }
}
