using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Parsing;

internal sealed partial class Parser
{
    private readonly Dictionary<(ModelPath? Parent, string Name), ModelPath> _paths = [];
    private int _slots;

    private bool TryParsePostfix(ref Expression operand, Context context, bool inCall)
    {
        switch (Current.Kind)
        {
            case TokenKind.Dot or TokenKind.QuestionDot:
                operand = ParseMember(operand);
                return true;
            case TokenKind.DoublePlus or TokenKind.DoubleMinus:
                var by = Current.Kind == TokenKind.DoublePlus ? 1 : -1;
                var target =
                    operand as PathExpression ?? throw Unexpected("The operand of an increment or decrement operator must be a variable, property or indexer");
                Next();
                operand = Ended(new IncrementExpression(target, by, isPostfix: true) { Start = target.Start });
                return true;
            case TokenKind.OpenBracket when operand is PathExpression or Literal or CallExpression && !IsSpaceBefore():
                operand = ParseIndex(operand, context, inCall);
                return true;
            default:
                return false;
        }
    }

    private PathExpression ParseMember(Expression target)
    {
        Enter();
        var isOptional = Current.Kind == TokenKind.QuestionDot || target is MemberExpression { IsOptional: true };
        if (Peek().Kind != TokenKind.Identifier)
        {
            throw Error(Peek().Start, "The dot operator is expected to be followed by a plain identifier");
        }

        Next();
        var name = TextOf(Current);
        var nameStart = Current.Start;
        if (name is "empty" or "blank" && Peek().Kind == TokenKind.Question)
        {
            Next();
            Next();
            return Ended(new EmptyTest(target) { Start = target.Start });
        }

        if (name is "null" or "true" or "false" or "do" or "this")
        {
            throw Unexpected("A keyword is no member.");
        }

        Next();
        var path = PathInto(target, name);
        return Ended(new MemberExpression(target, new MemberName(name), nameStart, isOptional, path) { Start = target.Start });
    }

    private IndexExpression ParseIndex(Expression target, Context context, bool inCall)
    {
        Enter();
        Next();
        var index = ExpectExpression(new Context { InCall = inCall, Mode = context.Mode }, "Expecting <index_expression>");
        Expect(TokenKind.CloseBracket, "Expecting ']'");
        var path = index is Literal { Value: string name } ? PathInto(target, name) : null;
        return Ended(new IndexExpression(target, index, path) { Start = target.Start });
    }

    private ModelPath? PathInto(Expression target, string name)
    {
        var parent = target switch
        {
            GlobalVariable variable => variable.Path,
            MemberExpression member => member.Path,
            IndexExpression index => index.Path,
            _ => null,
        };
        return parent is null ? null : PathFor(parent, name);
    }

    /// <summary>The one path of these names: where it is read in several places, it is read once.</summary>
    private ModelPath PathFor(ModelPath? parent, string name)
    {
        if (!_paths.TryGetValue((parent, name), out var path))
        {
            path = new ModelPath(parent, new MemberName(name));
            _paths.Add((parent, name), path);

            // Code that comes up while rendering keeps nothing: the slots are those of the template.
            if (parent is not null && !_isNested && parent.Keep(_slots))
            {
                _slots++;
            }
        }

        return path;
    }
}
