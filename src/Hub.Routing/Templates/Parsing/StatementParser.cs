using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

/// <summary>Statements, each by its keyword.</summary>
internal sealed class StatementParser(Parser parser)
{
    private readonly TokenCursor _tokens = parser.Tokens;

    public Statement Parse()
    {
        if (!parser.Blocks.IsInCode)
        {
            throw _tokens.Unexpected("It is not in a code block {{ ... }}");
        }

        if (_tokens.Current.Kind == TokenKind.LocalIdentifier && _tokens.TextOf(_tokens.Current) == "$$")
        {
            return ParseWrappedBlock();
        }

        if (_tokens.Current.Kind != TokenKind.Identifier)
        {
            return _tokens.StartsExpression() ? ParseExpression() : throw _tokens.Unexpected("Expecting a statement.");
        }

        switch (_tokens.TextOf(_tokens.Current))
        {
            case "if":
                return ParseIf();
            case "case":
                return ParseCase();
            case "for" or "tablerow" when _tokens.Peek().Kind != TokenKind.Dot:
                return ParseFor();
            case "while" when _tokens.Peek().Kind != TokenKind.Dot:
                _tokens.Next();
                var condition = parser.Expressions.Expect(allowAssignment: false);
                _tokens.ExpectEndOfStatement();
                return new WhileStatement(condition, parser.Blocks.Parse(BlockOwner.Other, out _));
            case "with":
                _tokens.Next();
                var target = parser.Expressions.Expect();
                _tokens.ExpectEndOfStatement();
                return new WithStatement(target, parser.Blocks.Parse(BlockOwner.Other, out _));
            case "wrap":
                _tokens.Next();
                var wrapper = parser.Expressions.Expect();
                _tokens.ExpectEndOfStatement();
                return new WrapStatement(wrapper, parser.Blocks.Parse(BlockOwner.Other, out _));
            case "capture":
                return ParseCapture();
            case "func":
                var function = parser.Functions.Parse(isAnonymous: false);
                return new FunctionStatement(function);
            case "import":
                _tokens.Next();
                var imported = parser.Expressions.Expect();
                _tokens.ExpectEndOfStatement();
                return new ImportStatement(imported);
            case "readonly":
                var start = _tokens.Current.Start;
                _tokens.Next();
                var variable = parser.Functions.ExpectVariable(start);
                _tokens.ExpectEndOfStatement();
                return new ReadOnlyStatement(variable);
            case "break" or "continue":
                var flow = _tokens.Is("break") ? Flow.Break : Flow.Continue;
                _tokens.Next();
                _tokens.ExpectEndOfStatement();
                return new BreakStatement(flow);
            case "ret":
                _tokens.Next();
                var value = _tokens.StartsExpression() ? parser.Expressions.Parse(default) : null;
                _tokens.ExpectEndOfStatement();
                return new ReturnStatement(value);
            default:
                return ParseExpression();
        }
    }

    public Statement ParseExpression()
    {
        var expression = parser.Expressions.Expect(new ExpressionContext { IsStatement = true });
        if (expression is FunctionDeclaration declaration)
        {
            return new FunctionStatement(declaration.Function);
        }

        _tokens.ExpectEndOfStatement();
        return new ExpressionStatement(expression) { Start = expression.Start };
    }

    private WrappedBlockStatement ParseWrappedBlock()
    {
        _tokens.Next();
        _tokens.ExpectEndOfStatement();
        return new WrappedBlockStatement();
    }

    private IfStatement ParseIf()
    {
        var branches = new List<(Expression, Block)>();
        while (true)
        {
            _tokens.Next();
            var condition = parser.Expressions.Expect(allowAssignment: false);
            _tokens.ExpectEndOfStatement();
            branches.Add((condition, parser.Blocks.Parse(BlockOwner.If, out var closing)));
            if (closing == BlockClosing.End)
            {
                return new IfStatement(branches, null);
            }

            if (!IsElseIf())
            {
                return new IfStatement(branches, ParseElse());
            }

            _tokens.Next();
        }
    }

    private bool IsElseIf() => _tokens.Peek() is { Kind: TokenKind.Identifier } next && _tokens.TextOf(next) == "if";

    /// <summary>Parses <c>else</c> with its block.</summary>
    public Block ParseElse()
    {
        if (IsElseIf())
        {
            var start = _tokens.Current.Start;
            _tokens.Next();
            var nested = ParseIf();
            nested.Start = start;
            return new Block([nested]) { Start = start };
        }

        _tokens.Next();
        _tokens.ExpectEndOfStatement();
        return parser.Blocks.Parse(BlockOwner.Else, out _);
    }

    private CaseStatement ParseCase()
    {
        _tokens.Next();
        var value = parser.Expressions.Expect(allowAssignment: false);
        _tokens.ExpectEndOfStatement();
        parser.Blocks.Parse(BlockOwner.Case, out var closing);
        var branches = new List<(int, List<Expression>, Block)>();
        return new CaseStatement(value, branches, closing == BlockClosing.When ? ParseCaseBranches(branches) : null);
    }

    /// <summary>Parses <c>when</c> branches up to the end; gives the block of <c>else</c>.</summary>
    public Block? ParseCaseBranches(List<(int Start, List<Expression> Values, Block Body)> branches)
    {
        while (true)
        {
            var start = _tokens.Current.Start;
            _tokens.Next();
            var values = new List<Expression>();
            while (_tokens.StartsExpression())
            {
                values.Add(parser.Expressions.Parse(new ExpressionContext { IsWhen = true }));
                if (_tokens.Current.Kind is TokenKind.Comma or TokenKind.DoublePipe)
                {
                    _tokens.Next();
                }
            }

            if (values.Count == 0)
            {
                throw _tokens.Unexpected("When is expecting at least one value.");
            }

            _tokens.ExpectEndOfStatement();
            branches.Add((start, values, parser.Blocks.Parse(BlockOwner.When, out var closing)));
            if (closing != BlockClosing.When)
            {
                return closing == BlockClosing.Else ? ParseElse() : null;
            }
        }
    }

    private ForStatement ParseFor()
    {
        var isTable = _tokens.Is("tablerow");
        var start = _tokens.Current.Start;
        _tokens.Next();
        var variable = parser.Expressions.Expect(new ExpressionContext { Mode = ExpressionMode.Basic });
        if (variable is not PathExpression path)
        {
            throw _tokens.Error(start, "Expecting a variable for the loop");
        }

        if (!_tokens.Is("in"))
        {
            throw _tokens.Error(start, $"Expecting 'in' word instead of `{_tokens.TextOf(_tokens.Current)}`");
        }

        _tokens.Next();
        var options = new List<NamedArgument>();
        var list = parser.Expressions.Expect(new ExpressionContext { Options = options });
        _tokens.ExpectEndOfStatement();
        var loop = new ForStatement(path, list, options, isTable) { Body = parser.Blocks.Parse(BlockOwner.For, out var closing) };
        if (closing == BlockClosing.Else)
        {
            if (IsElseIf())
            {
                throw _tokens.Error(_tokens.Current.Start, "Invalid if/else combination within a for statement.");
            }

            loop.Otherwise = ParseElse();
        }

        return loop;
    }

    private CaptureStatement ParseCapture()
    {
        _tokens.Next();
        var target = parser.Expressions.Expect();
        _tokens.ExpectEndOfStatement();
        return new CaptureStatement(
            target as PathExpression ?? throw _tokens.Error(target.Start, "Unsupported target expression for assignment."),
            parser.Blocks.Parse(BlockOwner.Other, out _)
        );
    }
}
