using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Reading;

/// <summary>Finds schemas that come back to themselves without going into the value.</summary>
internal static class EndlessSchemas
{
    public static SchemaNode? Find(IEnumerable<SchemaNode> nodes)
    {
        // A stack of its own: a chain of references may be as long as there are schemas.
        var (open, done) = (new HashSet<SchemaNode>(), new HashSet<SchemaNode>());
        foreach (var start in nodes)
        {
            var path = new Stack<(SchemaNode Node, IEnumerator<SchemaNode> Next)>();
            Enter(start);
            while (path.TryPeek(out var at))
            {
                if (!at.Next.MoveNext())
                {
                    path.Pop();
                    open.Remove(at.Node);
                    done.Add(at.Node);
                }
                else if (open.Contains(at.Next.Current))
                {
                    return at.Next.Current;
                }
                else
                {
                    Enter(at.Next.Current);
                }
            }

            void Enter(SchemaNode node)
            {
                if (!done.Contains(node) && open.Add(node))
                {
                    path.Push((node, node.Rules.SelectMany(rule => rule.SamePlace).GetEnumerator()));
                }
            }
        }

        return null;
    }
}
