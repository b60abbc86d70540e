using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary><c>&amp;&amp;</c>, flat over any number of operands.</summary>
internal sealed class AndExpression(LogicalExpression[] operands) : LogicalExpression
{
    public override bool Holds(QueryRun run, JsonElement current)
    {
        foreach (var operand in operands)
        {
            if (!operand.Holds(run, current))
            {
                return false;
            }
        }

        return true;
    }
}
