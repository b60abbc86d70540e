using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

/// <summary>Functions that the template declares: their parameters and bodies.</summary>
internal sealed class FunctionParser(Parser parser)
{
    private readonly TokenCursor _tokens = parser.Tokens;

    public ScriptFunction Parse(bool isAnonymous)
    {
        var start = _tokens.Current.Start;
        var outerLevel = parser.Expressions.Level;
        parser.Expressions.Level = 0;
        _tokens.Next();
        var name = isAnonymous ? null : ExpectVariable(start);
        var (parameters, takesRest) = _tokens.Current.Kind == TokenKind.OpenParen ? ParseParameters(start) : (null, false);
        _tokens.ExpectEndOfStatement();
        var function = new ScriptFunction(name, parameters, takesRest) { Start = start };
        var hidden = _tokens.ShowAllNewLines();
        function.Body = parser.Blocks.Parse(isAnonymous ? BlockOwner.AnonymousFunction : BlockOwner.Other, out _);
        _tokens.RestoreNewLines(hidden);
        if (hidden > 0 && _tokens.Current.Kind == TokenKind.NewLine)
        {
            _tokens.Next();
        }

        function.End = _tokens.Previous.End;
        parser.Expressions.Level = outerLevel;
        return function;
    }

    private (List<Parameter> Parameters, bool TakesRest) ParseParameters(int start)
    {
        var parameters = new List<Parameter>();
        var (takesRest, hasOptional) = (false, false);
        _tokens.Next();
        while (_tokens.Current.Kind != TokenKind.CloseParen)
        {
            if (parameters.Count > 0)
            {
                _tokens.Expect(TokenKind.Comma, "Expecting a comma to separate arguments in a function call.");
            }

            if (!_tokens.StartsExpression())
            {
                throw _tokens.Unexpected("Expecting an expression for argument function calls instead of this token.");
            }

            var variable = ExpectVariable(start);
            if (variable is not GlobalVariable)
            {
                throw _tokens.Error(variable.Start, "Expecting only a simple name parameter for a function");
            }

            if (_tokens.Current.Kind == TokenKind.Equal)
            {
                if (takesRest)
                {
                    throw _tokens.Error(variable.Start, "Cannot declare an optional parameter after a variable parameter (`...`).");
                }

                hasOptional = true;
                _tokens.Next();
                var value =
                    parser.Expressions.Expect() as Literal ?? throw _tokens.Error(variable.Start, "Expecting only a literal for an optional parameter value.");
                parameters.Add(new Parameter(variable.Name.Text, ParameterKind.Any, HasDefault: true, value.Value));
            }
            else if (_tokens.Current.Kind == TokenKind.TripleDot)
            {
                if (takesRest)
                {
                    throw _tokens.Error(variable.Start, "Cannot declare multiple variable parameters.");
                }

                (takesRest, hasOptional) = (true, true);
                _tokens.Next();
                parameters.Add(new Parameter(variable.Name.Text));
            }
            else
            {
                parameters.Add(
                    hasOptional
                        ? throw _tokens.Error(variable.Start, "Cannot declare a normal parameter after an optional parameter.")
                        : new Parameter(variable.Name.Text)
                );
            }
        }

        if (parameters.Count > 64)
        {
            throw _tokens.Unexpected("A function has at most 64 parameters.");
        }

        _tokens.Next();
        return (parameters, takesRest);
    }

    public Variable ExpectVariable(int at) =>
        _tokens.Current.Kind is TokenKind.Identifier or TokenKind.LocalIdentifier && parser.Operands.ParseVariable() is Variable variable
            ? variable
            : throw _tokens.Error(at, "Expecting a variable");
}
