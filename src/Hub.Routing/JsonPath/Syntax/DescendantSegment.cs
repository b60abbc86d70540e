using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary><c>..</c>: the selectors applied to the node and to all its descendants, parents first, in document order.</summary>
internal sealed class DescendantSegment(Selector[] selectors) : Segment(selectors)
{
    public override void Select(QueryRun run, in Node node, NodeBuffer output)
    {
        var pending = run.Rent();
        pending.Add(node);
        while (pending.Count > 0 && !output.IsFull)
        {
            var next = pending.Pop();
            SelectChildren(run, next, output);
            var before = pending.Count;
            AddContainers(run, next, pending);
            pending.ReverseFrom(before);
        }

        run.Return(pending);
    }

    // Other values have no children to select.
    private static void AddContainers(QueryRun run, in Node node, NodeBuffer pending)
    {
        if (node.Value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in node.Value.EnumerateArray())
            {
                run.Charge(1);
                if (item.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                {
                    pending.Add(node.Child(item, index));
                }

                index++;
            }
        }
        else if (node.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in node.Value.EnumerateObject())
            {
                run.Charge(1);
                if (member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                {
                    pending.Add(node.Child(member));
                }
            }
        }
    }
}
