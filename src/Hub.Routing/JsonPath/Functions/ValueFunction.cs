using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;
using Hub.Routing.JsonPath.Syntax;

namespace Hub.Routing.JsonPath.Functions;

/// <summary><c>value(query)</c>: the value of the only node; Nothing when there are none or several.</summary>
internal sealed class ValueFunction(NodesExpression argument) : ValueExpression
{
    public override FilterValue Evaluate(QueryRun run, JsonElement current) =>
        argument.Count(run, current, 2, out var only) == 1 ? FilterValue.Of(only) : default;
}
