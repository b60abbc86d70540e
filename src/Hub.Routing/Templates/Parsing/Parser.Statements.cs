using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

internal sealed partial class Parser
{
    private Statement ParseStatement()
    {
        if (!_inCode)
        {
            throw Unexpected("It is not in a code block {{ ... }}");
        }

        if (Current.Kind == TokenKind.LocalIdentifier && TextOf(Current) == "$$")
        {
            return ParseWrappedBlock();
        }

        if (Current.Kind != TokenKind.Identifier)
        {
            return IsStartOfExpression() ? ParseExpressionStatement() : throw Unexpected("Expecting a statement.");
        }

        switch (TextOf(Current))
        {
            case "if":
                return ParseIf();
            case "case":
                return ParseCase();
            case "for" or "tablerow" when Peek().Kind != TokenKind.Dot:
                return ParseFor();
            case "while" when Peek().Kind != TokenKind.Dot:
                Next();
                var condition = ExpectExpression(allowAssignment: false);
                ExpectEndOfStatement();
                return new WhileStatement(condition, ParseBlock(Owner.Other, out _));
            case "with":
                Next();
                var target = ExpectExpression();
                ExpectEndOfStatement();
                return new WithStatement(target, ParseBlock(Owner.Other, out _));
            case "wrap":
                Next();
                var wrapper = ExpectExpression();
                ExpectEndOfStatement();
                return new WrapStatement(wrapper, ParseBlock(Owner.Other, out _));
            case "capture":
                return ParseCapture();
            case "func":
                var function = ParseFunction(isAnonymous: false);
                return new FunctionStatement(function);
            case "import":
                Next();
                var imported = ExpectExpression();
                ExpectEndOfStatement();
                return new ImportStatement(imported);
            case "readonly":
                var start = Current.Start;
                Next();
                var variable = ExpectVariable(start);
                ExpectEndOfStatement();
                return new ReadOnlyStatement(variable);
            case "break" or "continue":
                var flow = Is("break") ? Flow.Break : Flow.Continue;
                Next();
                ExpectEndOfStatement();
                return new BreakStatement(flow);
            case "ret":
                Next();
                var value = IsStartOfExpression() ? ParseExpression(default) : null;
                ExpectEndOfStatement();
                return new ReturnStatement(value);
            default:
                return ParseExpressionStatement();
        }
    }

    private Statement ParseExpressionStatement()
    {
        var expression = ExpectExpression(new Context { IsStatement = true });
        if (expression is FunctionDeclaration declaration)
        {
            return new FunctionStatement(declaration.Function);
        }

        ExpectEndOfStatement();
        return new ExpressionStatement(expression) { Start = expression.Start };
    }

    private WrappedBlockStatement ParseWrappedBlock()
    {
        Next();
        ExpectEndOfStatement();
        return new WrappedBlockStatement();
    }

    private IfStatement ParseIf()
    {
        var branches = new List<(Expression, Block)>();
        while (true)
        {
            Next();
            var condition = ExpectExpression(allowAssignment: false);
            ExpectEndOfStatement();
            branches.Add((condition, ParseBlock(Owner.If, out var closing)));
            if (closing == Closing.End)
            {
                return new IfStatement(branches, null);
            }

            if (!IsElseIf())
            {
                return new IfStatement(branches, ParseElse());
            }

            Next();
        }
    }

    private bool IsElseIf() => Peek() is { Kind: TokenKind.Identifier } next && TextOf(next) == "if";

    /// <summary>Parses <c>else</c> with its block.</summary>
    private Block ParseElse()
    {
        if (IsElseIf())
        {
            var start = Current.Start;
            Next();
            var nested = ParseIf();
            nested.Start = start;
            return new Block([nested]) { Start = start };
        }

        Next();
        ExpectEndOfStatement();
        return ParseBlock(Owner.Else, out _);
    }

    private CaseStatement ParseCase()
    {
        Next();
        var value = ExpectExpression(allowAssignment: false);
        ExpectEndOfStatement();
        ParseBlock(Owner.Case, out var closing);
        var branches = new List<(int, List<Expression>, Block)>();
        return new CaseStatement(value, branches, closing == Closing.When ? ParseCaseBranches(branches) : null);
    }

    /// <summary>Parses <c>when</c> branches up to the end; gives the block of <c>else</c>.</summary>
    private Block? ParseCaseBranches(List<(int Start, List<Expression> Values, Block Body)> branches)
    {
        while (true)
        {
            var start = Current.Start;
            Next();
            var values = new List<Expression>();
            while (IsStartOfExpression())
            {
                values.Add(ParseExpression(new Context { IsWhen = true }));
                if (Current.Kind is TokenKind.Comma or TokenKind.DoublePipe)
                {
                    Next();
                }
            }

            if (values.Count == 0)
            {
                throw Unexpected("When is expecting at least one value.");
            }

            ExpectEndOfStatement();
            branches.Add((start, values, ParseBlock(Owner.When, out var closing)));
            if (closing != Closing.When)
            {
                return closing == Closing.Else ? ParseElse() : null;
            }
        }
    }

    private ForStatement ParseFor()
    {
        var isTable = Is("tablerow");
        var start = Current.Start;
        Next();
        var variable = ExpectExpression(new Context { Mode = Mode.Basic });
        if (variable is not PathExpression path)
        {
            throw Error(start, "Expecting a variable for the loop");
        }

        if (!Is("in"))
        {
            throw Error(start, $"Expecting 'in' word instead of `{TextOf(Current)}`");
        }

        Next();
        var options = new List<NamedArgument>();
        var list = ExpectExpression(new Context { Options = options });
        ExpectEndOfStatement();
        var loop = new ForStatement(path, list, options, isTable) { Body = ParseBlock(Owner.For, out var closing) };
        if (closing == Closing.Else)
        {
            if (IsElseIf())
            {
                throw Error(Current.Start, "Invalid if/else combination within a for statement.");
            }

            loop.Otherwise = ParseElse();
        }

        return loop;
    }

    private CaptureStatement ParseCapture()
    {
        Next();
        var target = ExpectExpression();
        ExpectEndOfStatement();
        return new CaptureStatement(
            target as PathExpression ?? throw Error(target.Start, "Unsupported target expression for assignment."),
            ParseBlock(Owner.Other, out _)
        );
    }
}
