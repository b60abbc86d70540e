using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

/// <summary>Expressions: operands, what stands behind them, operators and pipes by their precedence.</summary>
internal sealed class ExpressionParser(Parser parser)
{
    private readonly TokenCursor _tokens = parser.Tokens;

    /// <summary>Expressions within each other here: only the outermost one assigns.</summary>
    public int Level { get; set; }

    public Expression Expect(ExpressionContext context, string? expected = null) =>
        _tokens.StartsExpression() ? Parse(context) : throw _tokens.Unexpected(expected ?? "Expecting <expression>");

    public Expression Expect(bool allowAssignment = true) => Expect(new ExpressionContext { ForbidsAssignment = !allowAssignment });

    public Expression Parse(ExpressionContext context)
    {
        _tokens.Enter();
        Level++;
        var depth = _tokens.Depth;
        var expression = ParsePiped(context);
        _tokens.Depth = depth - 1;
        Level--;
        return expression;
    }

    private Expression ParsePiped(ExpressionContext context)
    {
        var expression = ParseOperation(context);
        while (
            _tokens.Current.Kind == TokenKind.Pipe
            && context is { Precedence: 0, IsPipeTarget: false, Mode: not ExpressionMode.Basic }
            && expression is not FunctionDeclaration
        )
        {
            _tokens.Enter();

            // What follows a pipe may be on the next line.
            _tokens.HideNewLines();
            _tokens.Next();
            _tokens.ShowNewLines();
            var to = Expect(new ExpressionContext { IsPipeTarget = true });
            expression = to is CallExpression call ? call.Piped(expression) : _tokens.Ended(new PipeExpression(expression, to) { Start = expression.Start });
        }

        return expression;
    }

    private Expression ParseOperation(ExpressionContext context)
    {
        CallParts? call = null;
        while (true)
        {
            var operand = parser.Operands.Parse(call is not null);
            while (operand is not AnonymousFunction)
            {
                if (
                    _tokens.Current.Kind
                    is TokenKind.InterpolatedEnd
                        or TokenKind.InterpolatedClose
                        or TokenKind.InterpolatedMiddle
                        or TokenKind.InterpolatedOpen
                )
                {
                    break;
                }

                if (parser.Postfixes.TryParse(ref operand, context, call is not null))
                {
                    continue;
                }

                if (context.Mode == ExpressionMode.Basic)
                {
                    break;
                }

                if (context.Mode != ExpressionMode.NoNamedArgument && _tokens.Current.Kind == TokenKind.Colon)
                {
                    operand = parser.Calls.ParseNamedArgument(operand);
                    break;
                }

                if (_tokens.Current.Kind == TokenKind.Equal && operand is CallExpression { IsExplicit: true } declared && Declares(declared))
                {
                    return ParseDeclaration(declared, context);
                }

                if (TokenOperators.Assignment(_tokens.Current.Kind) is { } assignment)
                {
                    operand = ParseAssignment(operand, assignment, context, call is not null);
                    break;
                }

                if (TokenOperators.Binary(_tokens.Current.Kind) is { } op && !(context.IsWhen && op == Operator.Or))
                {
                    if (TokenOperators.Precedence(op) <= context.Precedence)
                    {
                        break;
                    }

                    operand = ParseBinary(operand, op, context, call is not null);
                    continue;
                }

                if (_tokens.Current.Kind == TokenKind.Question)
                {
                    if (context.Precedence > 0)
                    {
                        break;
                    }

                    return ParseConditional(call is null ? operand : call.Add(operand).Build(_tokens.Previous.End));
                }

                if (!_tokens.StartsExpression())
                {
                    break;
                }

                if (_tokens.Current.Kind == TokenKind.OpenParen && !_tokens.IsSpaceBefore())
                {
                    operand = parser.Calls.ParseExplicit(operand);
                    continue;
                }

                if (context.InCall || (context.IsInLoopHead && IsLoopOption()))
                {
                    break;
                }

                if (_tokens.Current.Kind == TokenKind.Identifier && (context.Options is not null || _tokens.Peek().Kind == TokenKind.Colon))
                {
                    if (context.Options is { } options)
                    {
                        parser.Calls.ParseOptions(options);
                        return call is null ? _tokens.Ended(operand) : call.Add(operand).Build(_tokens.Previous.End);
                    }

                    call = call is null ? new CallParts(operand) : call.Add(operand);
                    parser.Calls.ParseNamedArguments(call);
                    if (_tokens.StartsExpression() && call.Arguments[^1] is not NamedArgument { Value: AnonymousFunction })
                    {
                        goto nextOperand;
                    }

                    operand = call.Build(_tokens.Previous.End);
                    call = null;
                    break;
                }

                call = call is null ? new CallParts(operand) : call.Add(operand);
                goto nextOperand;
            }

            if (call is not null)
            {
                return call.Add(operand).Build(_tokens.Previous.End);
            }

            // A name after a pipe is a call, also without arguments.
            return context is { IsPipeTarget: true, Precedence: 0 } && operand is PathExpression
                ? new CallExpression(operand, [], isExplicit: false) { Start = operand.Start, End = operand.End }
                : _tokens.Ended(operand);

            nextOperand:
            continue;
        }
    }

    private Expression ParseBinary(Expression left, Operator op, ExpressionContext context, bool inCall)
    {
        _tokens.Enter();
        var at = _tokens.Current.Start;
        _tokens.Next();
        var right = Expect(
            new ExpressionContext
            {
                Precedence = TokenOperators.Precedence(op),
                Mode = context.Mode,
                InCall = context.InCall || inCall,
                IsInLoopHead = context.IsInLoopHead || context.Options is not null,
            },
            "Expecting an <expression> to the right of the operator"
        );
        return _tokens.Ended(new BinaryExpression(op, left, right, at) { Start = left.Start });
    }

    private ConditionalExpression ParseConditional(Expression condition)
    {
        _tokens.Next();
        var yes = Expect(new ExpressionContext { Mode = ExpressionMode.NoNamedArgument });
        _tokens.Expect(TokenKind.Colon, "Expecting `:`");
        var no = Expect(new ExpressionContext { Mode = ExpressionMode.NoNamedArgument });
        return _tokens.Ended(new ConditionalExpression(condition, yes, no) { Start = condition.Start });
    }

    private AssignExpression ParseAssignment(Expression target, (TokenKind Kind, Operator? Operator) assignment, ExpressionContext context, bool inCall)
    {
        if (target is not PathExpression path || inCall || Level > 1 || context.ForbidsAssignment)
        {
            throw _tokens.Error(target.Start, "Expression is only allowed for a top level assignment");
        }

        _tokens.Next();
        var value = Expect(default(ExpressionContext));
        return _tokens.Ended(new AssignExpression(path, assignment.Operator, value) { Start = target.Start });
    }

    private static bool Declares(CallExpression call) => call.Target is GlobalVariable && call.Arguments.TrueForAll(a => a is GlobalVariable);

    private FunctionDeclaration ParseDeclaration(CallExpression call, ExpressionContext context)
    {
        if (Level > 1 || context.ForbidsAssignment || !context.IsStatement)
        {
            throw _tokens.Error(call.Start, "Creating a function is only allowed for a top level assignment");
        }

        _tokens.Next();
        var parameters = call.Arguments.ConvertAll(a => new Parameter(((Variable)a).Name.Text));
        var function = new ScriptFunction((Variable)call.Target, parameters, lastTakesRest: false) { Start = call.Start };
        function.Body = parser.Statements.ParseExpression();
        function.End = _tokens.Previous.End;
        return new FunctionDeclaration(function) { Start = call.Start };
    }

    private bool IsLoopOption() => _tokens.Current.Kind == TokenKind.Identifier && (_tokens.Peek().Kind == TokenKind.Colon || _tokens.Is("reversed"));
}
