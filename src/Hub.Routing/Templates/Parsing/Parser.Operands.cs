using System.Globalization;
using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Parsing;

internal sealed partial class Parser
{
    private Expression ParseOperand(bool inCall)
    {
        var start = Current.Start;
        switch (Current.Kind)
        {
            case TokenKind.Identifier or TokenKind.LocalIdentifier:
                var variable = ParseVariable();
                return variable is LocalVariable { Name.Text: "$" } ? throw Error(start, "Cannot use block delegate $$ in a nested expression") : variable;
            case TokenKind.Integer or TokenKind.HexInteger or TokenKind.BinaryInteger or TokenKind.Float:
                var number = LiteralReading.Number(Current.Kind, TextOf(Current)) ?? throw Unexpected("Unable to parse the number");
                Next();
                return Ended(new Literal(number) { Start = start });
            case TokenKind.String:
                var text = LiteralReading.Text(_text.AsSpan(start + 1, Current.End - start - 1));
                Next();
                return Ended(new Literal(text) { Start = start });
            case TokenKind.VerbatimString:
                var verbatim = _text[(start + 1)..Current.End].Replace("``", "`", StringComparison.Ordinal);
                Next();
                return Ended(new Literal(verbatim) { Start = start });
            case TokenKind.InterpolatedWhole or TokenKind.InterpolatedBegin:
                return ParseInterpolatedString();
            case TokenKind.OpenParen:
                Next();
                var inner = ExpectExpression();
                Expect(TokenKind.CloseParen, "Expecting a closing `)`.");
                return Ended(new NestedExpression(inner) { Start = start });
            case TokenKind.OpenBracket:
                return ParseArray();
            case TokenKind.OpenBrace:
                return ParseObject();
            case TokenKind.DoublePlus or TokenKind.DoubleMinus:
                var by = Current.Kind == TokenKind.DoublePlus ? 1 : -1;
                Next();
                var target =
                    ExpectExpression(new Context { Precedence = IncrementPrecedence }) as PathExpression
                    ?? throw Unexpected("The operand of an increment or decrement operator must be a variable, property or indexer");
                return Ended(new IncrementExpression(target, by, isPostfix: false) { Start = start });
            case TokenKind.Not or TokenKind.Minus or TokenKind.Plus or TokenKind.At or TokenKind.Caret:
                var op = Current.Kind switch
                {
                    TokenKind.Not => UnaryOperator.Not,
                    TokenKind.Minus => UnaryOperator.Negate,
                    TokenKind.Plus => UnaryOperator.Plus,
                    TokenKind.At => UnaryOperator.Alias,
                    _ => UnaryOperator.Expand,
                };
                Next();

                // An alias is of the function alone: what follows it is for the call that it is passed to.
                var operand = ExpectExpression(new Context { Precedence = UnaryPrecedence, InCall = op == UnaryOperator.Alias });
                return Ended(new UnaryExpression(op, operand) { Start = start });
            default:
                throw Unexpected(inCall ? "Expecting an argument of the function call." : "Expecting <expression>");
        }
    }

    private Expression ParseVariable()
    {
        var start = Current.Start;
        var text = TextOf(Current);
        if (Current.Kind == TokenKind.LocalIdentifier)
        {
            Next();
            var name = text[1..];
            var local = Ended(
                new LocalVariable(int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? "" : name) { Start = start }
            );
            return name.Length > 0 && local.Name.Text.Length == 0
                ? Ended(new IndexExpression(local, new Literal((long)index) { Start = start, End = _previous.End }, null) { Start = start })
                : local;
        }

        switch (text)
        {
            case "null" or "true" or "false":
                Next();
                return Ended(new Literal(text == "null" ? null : Boxes.Of(text == "true")) { Start = start });
            case "do":
                var function = ParseFunction(isAnonymous: true);
                return Ended(new AnonymousFunction(function) { Start = start });
            case "this":
                Next();
                return Ended(new ThisExpression { Start = start });
        }

        Next();
        if (text is "for" or "while" or "tablerow" && Current.Kind == TokenKind.Dot)
        {
            CheckLoopMember(text, start);
        }

        return Ended(new GlobalVariable(text, Builtins.All.ContainsKey(text) ? null : PathFor(null, text)) { Start = start });
    }

    private void CheckLoopMember(string loop, int start)
    {
        var next = Peek();
        var isValid =
            next.Kind == TokenKind.Identifier
            && TextOf(next) switch
            {
                "first" or "even" or "odd" or "index" => true,
                "last" or "changed" or "length" or "rindex" => loop != "while",
                "col" => loop == "tablerow",
                _ => false,
            };
        if (!isValid)
        {
            throw Error(start, $"The loop variable <{loop}.{TextOf(next)}> is invalid");
        }
    }

    private InterpolatedString ParseInterpolatedString()
    {
        var start = Current.Start;
        var parts = new List<Expression>();
        AddText(start + 2);
        while (_previous.Kind != TokenKind.InterpolatedWhole && _previous.Kind != TokenKind.InterpolatedEnd)
        {
            Expect(TokenKind.InterpolatedOpen, "Expecting `{`");
            parts.Add(ExpectExpression());
            if (Current.Kind != TokenKind.InterpolatedClose)
            {
                throw Unexpected("Opened interpolated expression not closed on the same line.");
            }

            Next();
            AddText(Current.Start + 1);
        }

        return Ended(new InterpolatedString(parts) { Start = start });

        void AddText(int from)
        {
            parts.Add(new Literal(LiteralReading.Text(_text.AsSpan(from, Current.End - from))) { Start = from, End = Current.End });
            Next();
        }
    }

    private ArrayInitializer ParseArray()
    {
        var start = Current.Start;
        var items = new List<Expression>();
        _newLinesHidden++;
        Next();
        while (Current.Kind != TokenKind.CloseBracket)
        {
            items.Add(ExpectExpression());
            if (Current.Kind != TokenKind.Comma)
            {
                break;
            }

            Next();
        }

        _newLinesHidden--;
        Expect(TokenKind.CloseBracket, "Expecting `]`");
        return Ended(new ArrayInitializer(items) { Start = start });
    }

    private ObjectInitializer ParseObject()
    {
        var start = Current.Start;
        var members = new List<(string, Expression)>();
        _newLinesHidden++;
        Next();
        while (Current.Kind != TokenKind.CloseBrace)
        {
            if (Current.Kind is not (TokenKind.Identifier or TokenKind.String or TokenKind.VerbatimString))
            {
                throw Unexpected("Expecting a simple identifier for the member name.");
            }

            var nameStart = Current.Start;
            var name = Current.Kind == TokenKind.Identifier ? ParseVariable() : ParseOperand(inCall: false);
            if (Current.Kind != TokenKind.Colon)
            {
                throw Unexpected("Expecting a colon : after the member's name");
            }

            var text = name is GlobalVariable variable
                ? variable.Name.Text
                : (name as Literal)?.Value as string ?? throw Error(nameStart, "Only a literal string or an identifier is a member's name");
            Next();
            members.Add((text, ExpectExpression(default(Context), "Expecting an expression for the value of the member.")));
            if (Current.Kind != TokenKind.Comma)
            {
                break;
            }

            Next();
        }

        _newLinesHidden--;
        Expect(TokenKind.CloseBrace, "Expecting `}` at the end of the object");
        return Ended(new ObjectInitializer(members) { Start = start });
    }
}
