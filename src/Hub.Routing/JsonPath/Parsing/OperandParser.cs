using System.Text.Json;
using Hub.Routing.JsonPath.Functions;
using Hub.Routing.JsonPath.Syntax;
using Hub.Routing.JsonPath.Text;

namespace Hub.Routing.JsonPath.Parsing;

/// <summary>Parses what conditions are made of: literals, queries and function calls.</summary>
internal sealed class OperandParser(QueryScanner scanner, QueryParser queries)
{
    // Compiled patterns live as long as the query.
    private const int MaxPatternSize = 20_000;

    private readonly List<JsonPathWarning> _warnings = [];
    private int _patternSize;

    /// <summary>How many absolute queries the filters hold; the value of each is worked out once per evaluation.</summary>
    public int MemoSlots { get; private set; }

    public IReadOnlyList<JsonPathWarning> Warnings => _warnings;

    public FilterExpression Parse()
    {
        switch (scanner.Current)
        {
            case '@':
                scanner.Position++;
                return new NodesExpression(queries.ParseSegments(), memoSlot: null);
            case '$':
                scanner.Position++;
                return new NodesExpression(queries.ParseSegments(), MemoSlots++);
            case '\'' or '"':
                return new LiteralExpression(JsonStrings.ToElement(StringLiterals.Read(scanner)));
            case >= 'a' and <= 'z':
                return ParseWord();
            default:
                return NumberLiterals.AtNumber(scanner)
                    ? new LiteralExpression(NumberLiterals.ReadNumber(scanner))
                    : throw scanner.Error("a query, a literal or a function", OperandHint());
        }
    }

    private string? OperandHint() =>
        char.IsAsciiLetterUpper(scanner.Current)
            ? "Strings are quoted; true, false, null and functions are written in lower case."
            : SyntaxHints.AtOperand(scanner);

    private FilterExpression ParseWord()
    {
        var start = scanner.Position;
        while (char.IsAsciiLetterLower(scanner.Current) || char.IsAsciiDigit(scanner.Current) || scanner.Current == '_')
        {
            scanner.Position++;
        }

        var word = scanner.Text[start..scanner.Position];
        if (scanner.Current == '(')
        {
            return ParseCall(word, start);
        }

        return word is "true" or "false" or "null"
            ? new LiteralExpression(JsonElement.Parse(word))
            : throw scanner.Error(
                "a query, a literal or a function",
                FunctionCatalog.Find(word) is null
                    ? "Strings are quoted; members are written @.name."
                    : $"The arguments of {word} follow it directly, such as {word}(@).",
                start
            );
    }

    private FilterExpression ParseCall(string name, int start)
    {
        var function = FunctionCatalog.Find(name) ?? throw scanner.Error($"one of the functions {string.Join(", ", FunctionCatalog.Names)}", at: start);
        scanner.Position++;
        scanner.Enter();
        var arguments = new FilterExpression[function.Parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (i > 0)
            {
                scanner.Take(',', $"',' and argument {i + 1} of {name}()");
            }

            scanner.SkipBlanks();
            arguments[i] = ParseArgument(name, function.Parameters[i]);
            scanner.SkipBlanks();
        }

        scanner.Take(')', $"')' after {arguments.Length} argument{(arguments.Length == 1 ? "" : "s")} of {name}()");
        scanner.Leave();
        var call = function.Bind(arguments);
        _patternSize += (call as RegexpFunction)?.PatternSize ?? 0;
        if (_patternSize > MaxPatternSize)
        {
            throw scanner.Error("smaller patterns", "Repetitions such as {1000} count as often as they repeat.", start);
        }

        if (call is RegexpFunction { PatternError: { } error })
        {
            _warnings.Add(new JsonPathWarning(start, $"The pattern never matches: {error}."));
        }

        return call;
    }

    private FilterExpression ParseArgument(string function, ParameterType type)
    {
        var start = scanner.Position;
        var argument = Parse();
        return (type, argument) switch
        {
            (ParameterType.Nodes, NodesExpression) => argument,
            (ParameterType.Nodes, _) => throw scanner.Error($"a query as the argument of {function}()", at: start),
            (_, ValueExpression) => argument,
            (_, NodesExpression { IsSingular: true } nodes) => new SingularExpression(nodes),
            (_, NodesExpression) => throw scanner.Error(
                $"a single value as an argument of {function}()",
                "Only names and single indexes give one; put anything else into value(...).",
                start
            ),
            _ => throw scanner.Error($"a value as an argument of {function}()", at: start),
        };
    }
}
