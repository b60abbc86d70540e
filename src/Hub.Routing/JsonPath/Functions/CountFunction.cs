using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;
using Hub.Routing.JsonPath.Syntax;

namespace Hub.Routing.JsonPath.Functions;

/// <summary><c>count(query)</c>: the number of nodes.</summary>
internal sealed class CountFunction(NodesExpression argument) : ValueExpression
{
    public override FilterValue Evaluate(QueryRun run, JsonElement current) => FilterValue.Of(argument.Count(run, current, int.MaxValue, out _));
}
