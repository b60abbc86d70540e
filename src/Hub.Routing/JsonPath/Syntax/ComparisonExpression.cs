using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>The comparison operators of RFC 9535, section 2.3.5.2.2.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>Two values compared; all operators come down to <c>==</c> and <c>&lt;</c>.</summary>
internal sealed class ComparisonExpression(ComparisonOperator comparison, ValueExpression left, ValueExpression right) : LogicalExpression
{
    public override bool Holds(QueryRun run, JsonElement current)
    {
        var (a, b) = (left.Evaluate(run, current), right.Evaluate(run, current));
        run.Charge(1);
        return comparison switch
        {
            ComparisonOperator.Equal => FilterComparison.Equal(run, a, b),
            ComparisonOperator.NotEqual => !FilterComparison.Equal(run, a, b),
            ComparisonOperator.Less => FilterComparison.Less(run, a, b),
            ComparisonOperator.LessOrEqual => FilterComparison.Less(run, a, b) || FilterComparison.Equal(run, a, b),
            ComparisonOperator.Greater => FilterComparison.Less(run, b, a),
            _ => FilterComparison.Less(run, b, a) || FilterComparison.Equal(run, a, b),
        };
    }
}
