using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary><c>?condition</c>: the children for which the condition holds.</summary>
internal sealed class FilterSelector(LogicalExpression condition) : Selector
{
    public override void Select(QueryRun run, in Node node, NodeBuffer output)
    {
        if (node.Value.ValueKind == JsonValueKind.Array)
        {
            var index = -1;
            foreach (var item in node.Value.EnumerateArray())
            {
                index++;
                run.Charge(1);
                if (condition.Holds(run, item))
                {
                    output.Add(node.Child(item, index));
                    if (output.IsFull)
                    {
                        return;
                    }
                }
            }
        }
        else if (node.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in node.Value.EnumerateObject())
            {
                run.Charge(1);
                if (condition.Holds(run, member.Value))
                {
                    output.Add(node.Child(member));
                    if (output.IsFull)
                    {
                        return;
                    }
                }
            }
        }
    }
}
