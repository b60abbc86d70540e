using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary><c>||</c>, flat over any number of operands.</summary>
internal sealed class OrExpression(LogicalExpression[] operands) : LogicalExpression
{
    public override bool Holds(QueryRun run, JsonElement current)
    {
        foreach (var operand in operands)
        {
            if (operand.Holds(run, current))
            {
                return true;
            }
        }

        return false;
    }
}
