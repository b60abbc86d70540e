using System.Globalization;
using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Parsing;

/// <summary>What an operator stands between: variables, literals, and what is in brackets.</summary>
internal sealed class OperandParser(Parser parser)
{
    private readonly TokenCursor _tokens = parser.Tokens;

    public Expression Parse(bool inCall)
    {
        var start = _tokens.Current.Start;
        switch (_tokens.Current.Kind)
        {
            case TokenKind.Identifier or TokenKind.LocalIdentifier:
                var variable = ParseVariable();
                return variable is LocalVariable { Name.Text: "$" }
                    ? throw _tokens.Error(start, "Cannot use block delegate $$ in a nested expression")
                    : variable;
            case TokenKind.Integer or TokenKind.HexInteger or TokenKind.BinaryInteger or TokenKind.Float:
                var number = LiteralReading.Number(_tokens.Current.Kind, _tokens.TextOf(_tokens.Current))
                    ?? throw _tokens.Unexpected("Unable to parse the number");
                _tokens.Next();
                return _tokens.Ended(new Literal(number) { Start = start });
            case TokenKind.String:
                var text = LiteralReading.Text(_tokens.Text.AsSpan(start + 1, _tokens.Current.End - start - 1));
                _tokens.Next();
                return _tokens.Ended(new Literal(text) { Start = start });
            case TokenKind.VerbatimString:
                var verbatim = _tokens.Text[(start + 1).._tokens.Current.End].Replace("``", "`", StringComparison.Ordinal);
                _tokens.Next();
                return _tokens.Ended(new Literal(verbatim) { Start = start });
            case TokenKind.InterpolatedWhole or TokenKind.InterpolatedBegin:
                return ParseInterpolatedString();
            case TokenKind.OpenParen:
                _tokens.Next();
                var inner = parser.Expressions.Expect();
                _tokens.Expect(TokenKind.CloseParen, "Expecting a closing `)`.");
                return _tokens.Ended(new NestedExpression(inner) { Start = start });
            case TokenKind.OpenBracket:
                return ParseArray();
            case TokenKind.OpenBrace:
                return ParseObject();
            case TokenKind.DoublePlus or TokenKind.DoubleMinus:
                var by = _tokens.Current.Kind == TokenKind.DoublePlus ? 1 : -1;
                _tokens.Next();
                var target =
                    parser.Expressions.Expect(new ExpressionContext { Precedence = TokenOperators.IncrementPrecedence }) as PathExpression
                    ?? throw _tokens.Unexpected("The operand of an increment or decrement operator must be a variable, property or indexer");
                return _tokens.Ended(new IncrementExpression(target, by, isPostfix: false) { Start = start });
            case TokenKind.Not or TokenKind.Minus or TokenKind.Plus or TokenKind.At or TokenKind.Caret:
                var op = _tokens.Current.Kind switch
                {
                    TokenKind.Not => UnaryOperator.Not,
                    TokenKind.Minus => UnaryOperator.Negate,
                    TokenKind.Plus => UnaryOperator.Plus,
                    TokenKind.At => UnaryOperator.Alias,
                    _ => UnaryOperator.Expand,
                };
                _tokens.Next();

                // An alias is of the function alone: what follows it is for the call that it is passed to.
                var operand = parser.Expressions.Expect(
                    new ExpressionContext { Precedence = TokenOperators.UnaryPrecedence, InCall = op == UnaryOperator.Alias }
                );
                return _tokens.Ended(new UnaryExpression(op, operand) { Start = start });
            default:
                throw _tokens.Unexpected(inCall ? "Expecting an argument of the function call." : "Expecting <expression>");
        }
    }

    public Expression ParseVariable()
    {
        var start = _tokens.Current.Start;
        var text = _tokens.TextOf(_tokens.Current);
        if (_tokens.Current.Kind == TokenKind.LocalIdentifier)
        {
            _tokens.Next();
            var name = text[1..];
            var local = _tokens.Ended(
                new LocalVariable(int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? "" : name) { Start = start }
            );
            return name.Length > 0 && local.Name.Text.Length == 0
                ? _tokens.Ended(new IndexExpression(local, new Literal((long)index) { Start = start, End = _tokens.Previous.End }, null) { Start = start })
                : local;
        }

        switch (text)
        {
            case "null" or "true" or "false":
                _tokens.Next();
                return _tokens.Ended(new Literal(text == "null" ? null : Boxes.Of(text == "true")) { Start = start });
            case "do":
                var function = parser.Functions.Parse(isAnonymous: true);
                return _tokens.Ended(new AnonymousFunction(function) { Start = start });
            case "this":
                _tokens.Next();
                return _tokens.Ended(new ThisExpression { Start = start });
        }

        _tokens.Next();
        if (text is "for" or "while" or "tablerow" && _tokens.Current.Kind == TokenKind.Dot)
        {
            CheckLoopMember(text, start);
        }

        return _tokens.Ended(new GlobalVariable(text, Builtins.All.ContainsKey(text) ? null : parser.Paths.For(null, text)) { Start = start });
    }

    private void CheckLoopMember(string loop, int start)
    {
        var next = _tokens.Peek();
        var isValid =
            next.Kind == TokenKind.Identifier
            && _tokens.TextOf(next) switch
            {
                "first" or "even" or "odd" or "index" => true,
                "last" or "changed" or "length" or "rindex" => loop != "while",
                "col" => loop == "tablerow",
                _ => false,
            };
        if (!isValid)
        {
            throw _tokens.Error(start, $"The loop variable <{loop}.{_tokens.TextOf(next)}> is invalid");
        }
    }

    private InterpolatedString ParseInterpolatedString()
    {
        var start = _tokens.Current.Start;
        var parts = new List<Expression>();
        AddText(start + 2);
        while (_tokens.Previous.Kind != TokenKind.InterpolatedWhole && _tokens.Previous.Kind != TokenKind.InterpolatedEnd)
        {
            _tokens.Expect(TokenKind.InterpolatedOpen, "Expecting `{`");
            parts.Add(parser.Expressions.Expect());
            if (_tokens.Current.Kind != TokenKind.InterpolatedClose)
            {
                throw _tokens.Unexpected("Opened interpolated expression not closed on the same line.");
            }

            _tokens.Next();
            AddText(_tokens.Current.Start + 1);
        }

        return _tokens.Ended(new InterpolatedString(parts) { Start = start });

        void AddText(int from)
        {
            parts.Add(new Literal(LiteralReading.Text(_tokens.Text.AsSpan(from, _tokens.Current.End - from))) { Start = from, End = _tokens.Current.End });
            _tokens.Next();
        }
    }

    private ArrayInitializer ParseArray()
    {
        var start = _tokens.Current.Start;
        var items = new List<Expression>();
        _tokens.HideNewLines();
        _tokens.Next();
        while (_tokens.Current.Kind != TokenKind.CloseBracket)
        {
            items.Add(parser.Expressions.Expect());
            if (_tokens.Current.Kind != TokenKind.Comma)
            {
                break;
            }

            _tokens.Next();
        }

        _tokens.ShowNewLines();
        _tokens.Expect(TokenKind.CloseBracket, "Expecting `]`");
        return _tokens.Ended(new ArrayInitializer(items) { Start = start });
    }

    private ObjectInitializer ParseObject()
    {
        var start = _tokens.Current.Start;
        var members = new List<(string, Expression)>();
        _tokens.HideNewLines();
        _tokens.Next();
        while (_tokens.Current.Kind != TokenKind.CloseBrace)
        {
            if (_tokens.Current.Kind is not (TokenKind.Identifier or TokenKind.String or TokenKind.VerbatimString))
            {
                throw _tokens.Unexpected("Expecting a simple identifier for the member name.");
            }

            var nameStart = _tokens.Current.Start;
            var name = _tokens.Current.Kind == TokenKind.Identifier ? ParseVariable() : Parse(inCall: false);
            if (_tokens.Current.Kind != TokenKind.Colon)
            {
                throw _tokens.Unexpected("Expecting a colon : after the member's name");
            }

            var text = name is GlobalVariable variable
                ? variable.Name.Text
                : (name as Literal)?.Value as string ?? throw _tokens.Error(nameStart, "Only a literal string or an identifier is a member's name");
            _tokens.Next();
            members.Add((text, parser.Expressions.Expect(default(ExpressionContext), "Expecting an expression for the value of the member.")));
            if (_tokens.Current.Kind != TokenKind.Comma)
            {
                break;
            }

            _tokens.Next();
        }

        _tokens.ShowNewLines();
        _tokens.Expect(TokenKind.CloseBrace, "Expecting `}` at the end of the object");
        return _tokens.Ended(new ObjectInitializer(members) { Start = start });
    }
}
