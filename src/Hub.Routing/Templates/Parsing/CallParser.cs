using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

/// <summary>The arguments of calls and the options of loops.</summary>
internal sealed class CallParser(Parser parser)
{
    private readonly TokenCursor _tokens = parser.Tokens;

    public NamedArgument ParseNamedArgument(Expression name)
    {
        if (name is not Variable variable)
        {
            throw _tokens.Error(name.Start, "Expecting a simple global or local variable before `:` in order to create a named argument");
        }

        _tokens.Next();
        return _tokens.Ended(new NamedArgument(variable.Name.Text, parser.Expressions.Expect(default(ExpressionContext))) { Start = name.Start });
    }

    public CallExpression ParseExplicit(Expression target)
    {
        _tokens.Enter();
        _tokens.Next();
        var arguments = new List<Expression>();
        while (_tokens.Current.Kind != TokenKind.CloseParen)
        {
            if (arguments.Count > 0)
            {
                _tokens.Expect(TokenKind.Comma, "Expecting a comma to separate arguments in a function call.");
            }

            arguments.Add(parser.Expressions.Expect(default(ExpressionContext), "Expecting an expression for argument function calls instead of this token."));
        }

        _tokens.Next();
        return _tokens.Ended(new CallExpression(target, arguments, isExplicit: true) { Start = target.Start });
    }

    public void ParseNamedArguments(CallParts call)
    {
        while (_tokens.Current.Kind == TokenKind.Identifier && _tokens.Peek().Kind == TokenKind.Colon)
        {
            var (name, start) = (_tokens.TextOf(_tokens.Current), _tokens.Current.Start);
            _tokens.Next();
            _tokens.Next();
            var value = parser.Expressions.Expect(new ExpressionContext { Mode = ExpressionMode.Basic });
            call.Add(_tokens.Ended(new NamedArgument(name, value) { Start = start }));
            if (value is AnonymousFunction)
            {
                return;
            }
        }
    }

    /// <summary>The options of a loop: names, with or without a value.</summary>
    public void ParseOptions(List<NamedArgument> options)
    {
        while (_tokens.Current.Kind == TokenKind.Identifier)
        {
            var (name, start) = (_tokens.TextOf(_tokens.Current), _tokens.Current.Start);
            _tokens.Next();
            Expression? value = null;
            if (_tokens.Current.Kind == TokenKind.Colon)
            {
                _tokens.Next();
                value = parser.Expressions.Expect(new ExpressionContext { Mode = ExpressionMode.Basic });
            }

            options.Add(_tokens.Ended(new NamedArgument(name, value) { Start = start }));
        }
    }
}
