using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary><c>*</c>: every child.</summary>
internal sealed class WildcardSelector : Selector
{
    public static WildcardSelector Instance { get; } = new();

    public override void Select(QueryRun run, in Node node, NodeBuffer output)
    {
        if (node.Value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in node.Value.EnumerateArray())
            {
                run.Charge(1);
                output.Add(node.Child(item, index++));
                if (output.IsFull)
                {
                    return;
                }
            }
        }
        else if (node.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in node.Value.EnumerateObject())
            {
                run.Charge(1);
                output.Add(node.Child(member));
                if (output.IsFull)
                {
                    return;
                }
            }
        }
    }
}
