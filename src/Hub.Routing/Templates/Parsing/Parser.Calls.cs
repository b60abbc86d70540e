using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

internal sealed partial class Parser
{
    /// <summary>A call whose arguments are still being gathered.</summary>
    private sealed class CallParts(Expression target)
    {
        public List<Expression> Arguments { get; } = [];

        public CallParts Add(Expression argument)
        {
            Arguments.Add(argument);
            return this;
        }

        public CallExpression Build(int end) => new(target, Arguments, isExplicit: false) { Start = target.Start, End = end };
    }

    private NamedArgument ParseNamedArgument(Expression name)
    {
        if (name is not Variable variable)
        {
            throw Error(name.Start, "Expecting a simple global or local variable before `:` in order to create a named argument");
        }

        Next();
        return Ended(new NamedArgument(variable.Name.Text, ExpectExpression(default(Context))) { Start = name.Start });
    }

    private CallExpression ParseExplicitCall(Expression target)
    {
        Enter();
        Next();
        var arguments = new List<Expression>();
        while (Current.Kind != TokenKind.CloseParen)
        {
            if (arguments.Count > 0)
            {
                Expect(TokenKind.Comma, "Expecting a comma to separate arguments in a function call.");
            }

            arguments.Add(ExpectExpression(default(Context), "Expecting an expression for argument function calls instead of this token."));
        }

        Next();
        return Ended(new CallExpression(target, arguments, isExplicit: true) { Start = target.Start });
    }

    private void ParseNamedArguments(CallParts call)
    {
        while (Current.Kind == TokenKind.Identifier && Peek().Kind == TokenKind.Colon)
        {
            var (name, start) = (TextOf(Current), Current.Start);
            Next();
            Next();
            var value = ExpectExpression(new Context { Mode = Mode.Basic });
            call.Add(Ended(new NamedArgument(name, value) { Start = start }));
            if (value is AnonymousFunction)
            {
                return;
            }
        }
    }

    /// <summary>The options of a loop: names, with or without a value.</summary>
    private void ParseOptions(List<NamedArgument> options)
    {
        while (Current.Kind == TokenKind.Identifier)
        {
            var (name, start) = (TextOf(Current), Current.Start);
            Next();
            Expression? value = null;
            if (Current.Kind == TokenKind.Colon)
            {
                Next();
                value = ExpectExpression(new Context { Mode = Mode.Basic });
            }

            options.Add(Ended(new NamedArgument(name, value) { Start = start }));
        }
    }
}
