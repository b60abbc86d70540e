using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>A part of a filter, of one of the three types of RFC 9535, section 2.4.1.</summary>
internal abstract class FilterExpression;

/// <summary>Gives true or false (LogicalType).</summary>
internal abstract class LogicalExpression : FilterExpression
{
    public abstract bool Holds(QueryRun run, JsonElement current);
}

/// <summary>Gives a value or Nothing (ValueType).</summary>
internal abstract class ValueExpression : FilterExpression
{
    public abstract FilterValue Evaluate(QueryRun run, JsonElement current);
}
