using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

internal sealed partial class Parser
{
    private ScriptFunction ParseFunction(bool isAnonymous)
    {
        var start = Current.Start;
        var outerLevel = _expressionLevel;
        _expressionLevel = 0;
        Next();
        var name = isAnonymous ? null : ExpectVariable(start);
        var (parameters, takesRest) = Current.Kind == TokenKind.OpenParen ? ParseParameters(start) : (null, false);
        ExpectEndOfStatement();
        var function = new ScriptFunction(name, parameters, takesRest) { Start = start };
        var wasHidden = _newLinesHidden;
        _newLinesHidden = 0;
        function.Body = ParseBlock(isAnonymous ? Owner.AnonymousFunction : Owner.Other, out _);
        _newLinesHidden = wasHidden;
        if (wasHidden > 0 && Current.Kind == TokenKind.NewLine)
        {
            Next();
        }

        function.End = _previous.End;
        _expressionLevel = outerLevel;
        return function;
    }

    private (List<Parameter> Parameters, bool TakesRest) ParseParameters(int start)
    {
        var parameters = new List<Parameter>();
        var (takesRest, hasOptional) = (false, false);
        Next();
        while (Current.Kind != TokenKind.CloseParen)
        {
            if (parameters.Count > 0)
            {
                Expect(TokenKind.Comma, "Expecting a comma to separate arguments in a function call.");
            }

            if (!IsStartOfExpression())
            {
                throw Unexpected("Expecting an expression for argument function calls instead of this token.");
            }

            var variable = ExpectVariable(start);
            if (variable is not GlobalVariable)
            {
                throw Error(variable.Start, "Expecting only a simple name parameter for a function");
            }

            if (Current.Kind == TokenKind.Equal)
            {
                if (takesRest)
                {
                    throw Error(variable.Start, "Cannot declare an optional parameter after a variable parameter (`...`).");
                }

                hasOptional = true;
                Next();
                var value = ExpectExpression() as Literal ?? throw Error(variable.Start, "Expecting only a literal for an optional parameter value.");
                parameters.Add(new Parameter(variable.Name.Text, ParameterKind.Any, HasDefault: true, value.Value));
            }
            else if (Current.Kind == TokenKind.TripleDot)
            {
                if (takesRest)
                {
                    throw Error(variable.Start, "Cannot declare multiple variable parameters.");
                }

                (takesRest, hasOptional) = (true, true);
                Next();
                parameters.Add(new Parameter(variable.Name.Text));
            }
            else
            {
                parameters.Add(
                    hasOptional
                        ? throw Error(variable.Start, "Cannot declare a normal parameter after an optional parameter.")
                        : new Parameter(variable.Name.Text)
                );
            }
        }

        if (parameters.Count > 64)
        {
            throw Unexpected("A function has at most 64 parameters.");
        }

        Next();
        return (parameters, takesRest);
    }

    private Variable ExpectVariable(int at) =>
        Current.Kind is TokenKind.Identifier or TokenKind.LocalIdentifier && ParseVariable() is Variable variable
            ? variable
            : throw Error(at, "Expecting a variable");
}
