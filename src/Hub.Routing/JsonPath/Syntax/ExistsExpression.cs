using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>A query on its own: whether it selects anything.</summary>
internal sealed class ExistsExpression(NodesExpression nodes) : LogicalExpression
{
    public override bool Holds(QueryRun run, JsonElement current) => nodes.Count(run, current, 1, out _) > 0;
}
