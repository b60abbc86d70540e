using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>A string, a number, true, false or null.</summary>
internal sealed class LiteralExpression(JsonElement value) : ValueExpression
{
    public JsonElement Value { get; } = value;

    public override FilterValue Evaluate(QueryRun run, JsonElement current) => FilterValue.Of(Value);
}
