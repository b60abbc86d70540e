using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

internal sealed partial class Parser
{
    private int _expressionLevel;

    private enum Mode : byte
    {
        Full,

        /// <summary>No <c>name: value</c>, whose colon belongs to a conditional.</summary>
        NoNamedArgument,

        /// <summary>Only literals, members, elements and what is in brackets.</summary>
        Basic,
    }

    /// <summary>Where an expression stands, as far as it decides what belongs to it.</summary>
    private struct Context
    {
        public int Precedence;
        public Mode Mode;
        public bool IsStatement;
        public bool IsWhen;
        public bool IsPipeTarget;
        public bool InCall;
        public bool IsInLoopHead;
        public bool ForbidsAssignment;
        public List<NamedArgument>? Options;
    }

    private Expression ExpectExpression(Context context, string? expected = null) =>
        IsStartOfExpression() ? ParseExpression(context) : throw Unexpected(expected ?? "Expecting <expression>");

    private Expression ExpectExpression(bool allowAssignment = true) => ExpectExpression(new Context { ForbidsAssignment = !allowAssignment });

    private Expression ParseExpression(Context context)
    {
        Enter();
        _expressionLevel++;
        var depth = _depth;
        var expression = ParsePiped(context);
        _depth = depth - 1;
        _expressionLevel--;
        return expression;
    }

    private Expression ParsePiped(Context context)
    {
        var expression = ParseOperation(context);
        while (
            Current.Kind == TokenKind.Pipe && context is { Precedence: 0, IsPipeTarget: false, Mode: not Mode.Basic } && expression is not FunctionDeclaration
        )
        {
            Enter();

            // What follows a pipe may be on the next line.
            _newLinesHidden++;
            Next();
            _newLinesHidden--;
            var to = ExpectExpression(new Context { IsPipeTarget = true });
            expression = to is CallExpression call ? call.Piped(expression) : Ended(new PipeExpression(expression, to) { Start = expression.Start });
        }

        return expression;
    }

    private Expression ParseOperation(Context context)
    {
        CallParts? call = null;
        while (true)
        {
            var operand = ParseOperand(call is not null);
            while (operand is not AnonymousFunction)
            {
                if (Current.Kind is TokenKind.InterpolatedEnd or TokenKind.InterpolatedClose or TokenKind.InterpolatedMiddle or TokenKind.InterpolatedOpen)
                {
                    break;
                }

                if (TryParsePostfix(ref operand, context, call is not null))
                {
                    continue;
                }

                if (context.Mode == Mode.Basic)
                {
                    break;
                }

                if (context.Mode != Mode.NoNamedArgument && Current.Kind == TokenKind.Colon)
                {
                    operand = ParseNamedArgument(operand);
                    break;
                }

                if (Current.Kind == TokenKind.Equal && operand is CallExpression { IsExplicit: true } declared && Declares(declared))
                {
                    return ParseDeclaration(declared, context);
                }

                if (AssignmentOperator() is { } assignment)
                {
                    operand = ParseAssignment(operand, assignment, context, call is not null);
                    break;
                }

                if (BinaryOperator() is { } op && !(context.IsWhen && op == Operator.Or))
                {
                    if (Precedence(op) <= context.Precedence)
                    {
                        break;
                    }

                    operand = ParseBinary(operand, op, context, call is not null);
                    continue;
                }

                if (Current.Kind == TokenKind.Question)
                {
                    if (context.Precedence > 0)
                    {
                        break;
                    }

                    return ParseConditional(call is null ? operand : call.Add(operand).Build(_previous.End));
                }

                if (!IsStartOfExpression())
                {
                    break;
                }

                if (Current.Kind == TokenKind.OpenParen && !IsSpaceBefore())
                {
                    operand = ParseExplicitCall(operand);
                    continue;
                }

                if (context.InCall || (context.IsInLoopHead && IsLoopOption()))
                {
                    break;
                }

                if (Current.Kind == TokenKind.Identifier && (context.Options is not null || Peek().Kind == TokenKind.Colon))
                {
                    if (context.Options is { } options)
                    {
                        ParseOptions(options);
                        return call is null ? Ended(operand) : call.Add(operand).Build(_previous.End);
                    }

                    call = call is null ? new CallParts(operand) : call.Add(operand);
                    ParseNamedArguments(call);
                    if (IsStartOfExpression() && call.Arguments[^1] is not NamedArgument { Value: AnonymousFunction })
                    {
                        goto nextOperand;
                    }

                    operand = call.Build(_previous.End);
                    call = null;
                    break;
                }

                call = call is null ? new CallParts(operand) : call.Add(operand);
                goto nextOperand;
            }

            if (call is not null)
            {
                return call.Add(operand).Build(_previous.End);
            }

            // A name after a pipe is a call, also without arguments.
            return context is { IsPipeTarget: true, Precedence: 0 } && operand is PathExpression
                ? new CallExpression(operand, [], isExplicit: false) { Start = operand.Start, End = operand.End }
                : Ended(operand);

            nextOperand:
            continue;
        }
    }

    private Expression ParseBinary(Expression left, Operator op, Context context, bool inCall)
    {
        Enter();
        var at = Current.Start;
        Next();
        var right = ExpectExpression(
            new Context
            {
                Precedence = Precedence(op),
                Mode = context.Mode,
                InCall = context.InCall || inCall,
                IsInLoopHead = context.IsInLoopHead || context.Options is not null,
            },
            "Expecting an <expression> to the right of the operator"
        );
        return Ended(new BinaryExpression(op, left, right, at) { Start = left.Start });
    }

    private ConditionalExpression ParseConditional(Expression condition)
    {
        Next();
        var yes = ExpectExpression(new Context { Mode = Mode.NoNamedArgument });
        Expect(TokenKind.Colon, "Expecting `:`");
        var no = ExpectExpression(new Context { Mode = Mode.NoNamedArgument });
        return Ended(new ConditionalExpression(condition, yes, no) { Start = condition.Start });
    }

    private AssignExpression ParseAssignment(Expression target, (TokenKind Kind, Operator? Operator) assignment, Context context, bool inCall)
    {
        if (target is not PathExpression path || inCall || _expressionLevel > 1 || context.ForbidsAssignment)
        {
            throw Error(target.Start, "Expression is only allowed for a top level assignment");
        }

        Next();
        var value = ExpectExpression(default(Context));
        return Ended(new AssignExpression(path, assignment.Operator, value) { Start = target.Start });
    }

    private static bool Declares(CallExpression call) => call.Target is GlobalVariable && call.Arguments.TrueForAll(a => a is GlobalVariable);

    private FunctionDeclaration ParseDeclaration(CallExpression call, Context context)
    {
        if (_expressionLevel > 1 || context.ForbidsAssignment || !context.IsStatement)
        {
            throw Error(call.Start, "Creating a function is only allowed for a top level assignment");
        }

        Next();
        var parameters = call.Arguments.ConvertAll(a => new Parameter(((Variable)a).Name.Text));
        var function = new ScriptFunction((Variable)call.Target, parameters, lastTakesRest: false) { Start = call.Start };
        function.Body = ParseExpressionStatement();
        function.End = _previous.End;
        return new FunctionDeclaration(function) { Start = call.Start };
    }

    private bool IsLoopOption() => Current.Kind == TokenKind.Identifier && (Peek().Kind == TokenKind.Colon || Is("reversed"));

    private bool IsSpaceBefore() => Current.Start > 0 && char.IsWhiteSpace(_text[Current.Start - 1]);

    private bool IsStartOfExpression() =>
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
