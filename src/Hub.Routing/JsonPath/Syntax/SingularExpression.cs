using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>A singular query used as a value; Nothing when it selects no node.</summary>
internal sealed class SingularExpression(NodesExpression nodes) : ValueExpression
{
    public override FilterValue Evaluate(QueryRun run, JsonElement current) =>
        nodes.Count(run, current, 1, out var value) > 0 ? FilterValue.Of(value) : default;
}
