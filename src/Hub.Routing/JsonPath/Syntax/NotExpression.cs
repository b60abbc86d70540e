using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary><c>!</c></summary>
internal sealed class NotExpression(LogicalExpression operand) : LogicalExpression
{
    public override bool Holds(QueryRun run, JsonElement current) => !operand.Holds(run, current);
}
