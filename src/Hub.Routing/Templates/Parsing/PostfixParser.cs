using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Parsing;

/// <summary>What stands right behind an operand: members, elements and increments.</summary>
internal sealed class PostfixParser(Parser parser)
{
    private readonly TokenCursor _tokens = parser.Tokens;

    public bool TryParse(ref Expression operand, ExpressionContext context, bool inCall)
    {
        switch (_tokens.Current.Kind)
        {
            case TokenKind.Dot or TokenKind.QuestionDot:
                operand = ParseMember(operand);
                return true;
            case TokenKind.DoublePlus or TokenKind.DoubleMinus:
                var by = _tokens.Current.Kind == TokenKind.DoublePlus ? 1 : -1;
                var target =
                    operand as PathExpression
                    ?? throw _tokens.Unexpected("The operand of an increment or decrement operator must be a variable, property or indexer");
                _tokens.Next();
                operand = _tokens.Ended(new IncrementExpression(target, by, isPostfix: true) { Start = target.Start });
                return true;
            case TokenKind.OpenBracket when operand is PathExpression or Literal or CallExpression && !_tokens.IsSpaceBefore():
                operand = ParseIndex(operand, context, inCall);
                return true;
            default:
                return false;
        }
    }

    private PathExpression ParseMember(Expression target)
    {
        _tokens.Enter();
        var isOptional = _tokens.Current.Kind == TokenKind.QuestionDot || target is MemberExpression { IsOptional: true };
        if (_tokens.Peek().Kind != TokenKind.Identifier)
        {
            throw _tokens.Error(_tokens.Peek().Start, "The dot operator is expected to be followed by a plain identifier");
        }

        _tokens.Next();
        var name = _tokens.TextOf(_tokens.Current);
        var nameStart = _tokens.Current.Start;
        if (name is "empty" or "blank" && _tokens.Peek().Kind == TokenKind.Question)
        {
            _tokens.Next();
            _tokens.Next();
            return _tokens.Ended(new EmptyTest(target) { Start = target.Start });
        }

        if (name is "null" or "true" or "false" or "do" or "this")
        {
            throw _tokens.Unexpected("A keyword is no member.");
        }

        _tokens.Next();
        var path = parser.Paths.Into(target, name);
        return _tokens.Ended(new MemberExpression(target, new MemberName(name), nameStart, isOptional, path) { Start = target.Start });
    }

    private IndexExpression ParseIndex(Expression target, ExpressionContext context, bool inCall)
    {
        _tokens.Enter();
        _tokens.Next();
        var index = parser.Expressions.Expect(new ExpressionContext { InCall = inCall, Mode = context.Mode }, "Expecting <index_expression>");
        _tokens.Expect(TokenKind.CloseBracket, "Expecting ']'");
        var path = index is Literal { Value: string name } ? parser.Paths.Into(target, name) : null;
        return _tokens.Ended(new IndexExpression(target, index, path) { Start = target.Start });
    }
}
