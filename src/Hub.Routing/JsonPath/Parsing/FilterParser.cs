using Hub.Routing.JsonPath.Syntax;

namespace Hub.Routing.JsonPath.Parsing;

/// <summary>Parses the condition of a filter (RFC 9535, section 2.3.5) and checks that it is well typed (section 2.4.3).</summary>
internal sealed class FilterParser(QueryScanner scanner, QueryParser queries)
{
    private readonly OperandParser _operands = new(scanner, queries);

    public int MemoSlots => _operands.MemoSlots;

    public IReadOnlyList<JsonPathWarning> Warnings => _operands.Warnings;

    public LogicalExpression ParseCondition()
    {
        var terms = new List<LogicalExpression> { ParseConjunction() };
        while (TryTakeAfterBlanks("||"))
        {
            scanner.SkipBlanks();
            terms.Add(ParseConjunction());
        }

        return terms is [var only] ? only : new OrExpression([.. terms]);
    }

    private LogicalExpression ParseConjunction()
    {
        var terms = new List<LogicalExpression> { ParseTerm() };
        while (TryTakeAfterBlanks("&&"))
        {
            scanner.SkipBlanks();
            terms.Add(ParseTerm());
        }

        return terms is [var only] ? only : new AndExpression([.. terms]);
    }

    private LogicalExpression ParseTerm()
    {
        var isNegated = scanner.TryTake('!');
        if (isNegated)
        {
            scanner.SkipBlanks();
        }

        var start = scanner.Position;
        LogicalExpression term;
        if (scanner.Current == '(')
        {
            term = ParseParentheses();
        }
        else
        {
            var operand = _operands.Parse();
            if (TryTakeComparison(out var comparison))
            {
                return isNegated
                    ? throw scanner.Error("parentheses around a negated comparison", "Write !(a == b), or a != b.", start)
                    : ParseComparison(comparison, operand, start);
            }

            term = ToTest(operand, start);
        }

        return isNegated ? new NotExpression(term) : term;
    }

    private LogicalExpression ParseParentheses()
    {
        var start = scanner.Position;
        scanner.Position++;
        scanner.Enter();
        scanner.SkipBlanks();
        var condition = ParseCondition();
        scanner.SkipBlanks();
        scanner.Take(')', "an operator or ')'", SyntaxHints.InBrackets(scanner));
        scanner.Leave();
        return TryTakeComparison(out _) ? throw scanner.Error("a value to compare", "A condition in parentheses cannot be compared.", start) : condition;
    }

    private ComparisonExpression ParseComparison(ComparisonOperator comparison, FilterExpression left, int start)
    {
        var leftValue = ToComparable(left, start);
        scanner.SkipBlanks();
        var rightStart = scanner.Position;
        return new ComparisonExpression(comparison, leftValue, ToComparable(_operands.Parse(), rightStart));
    }

    private LogicalExpression ToTest(FilterExpression operand, int start) =>
        operand switch
        {
            NodesExpression nodes => new ExistsExpression(nodes),
            LogicalExpression test => test,
            LiteralExpression => throw scanner.Error("a condition", "A literal must be compared with something.", start),
            _ => throw scanner.Error("a condition", "The result of this function must be compared, such as length(@) > 1.", start),
        };

    private ValueExpression ToComparable(FilterExpression operand, int start) =>
        operand switch
        {
            ValueExpression value => value,
            NodesExpression { IsSingular: true } nodes => new SingularExpression(nodes),
            NodesExpression => throw scanner.Error(
                "a query for a single value",
                "Only names and single indexes can be compared; put anything else into value(...) or count(...).",
                start
            ),
            _ => throw scanner.Error("a value", "match() and search() already say yes or no; they cannot be compared.", start),
        };

    private bool TryTakeComparison(out ComparisonOperator comparison)
    {
        var end = scanner.Position;
        scanner.SkipBlanks();
        ComparisonOperator? found =
            scanner.TryTake("==") ? ComparisonOperator.Equal
            : scanner.TryTake("!=") ? ComparisonOperator.NotEqual
            : scanner.TryTake("<=") ? ComparisonOperator.LessOrEqual
            : scanner.TryTake(">=") ? ComparisonOperator.GreaterOrEqual
            : scanner.TryTake('<') ? ComparisonOperator.Less
            : scanner.TryTake('>') ? ComparisonOperator.Greater
            : null;
        if (found is null)
        {
            scanner.Position = end;
        }

        comparison = found ?? default;
        return found is not null;
    }

    private bool TryTakeAfterBlanks(string symbol)
    {
        var end = scanner.Position;
        scanner.SkipBlanks();
        if (scanner.TryTake(symbol))
        {
            return true;
        }

        scanner.Position = end;
        return false;
    }
}
