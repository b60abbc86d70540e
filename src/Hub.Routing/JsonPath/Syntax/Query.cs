using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>The segments after <c>$</c> or <c>@</c>.</summary>
internal sealed class Query
{
    private readonly Segment[] _segments;

    public Query(Segment[] segments)
    {
        _segments = segments;
        Prefix = new SingularPath([.. segments.Select(s => (s as ChildSegment)?.Singular).TakeWhile(s => s is not null).Select(s => s!)]);
    }

    /// <summary>The leading segments that select at most one node.</summary>
    public SingularPath Prefix { get; }

    public bool IsSingular => Prefix.Selectors.Length == _segments.Length;

    /// <summary>Adds the selected nodes; the last segment may stop once the output is full.</summary>
    public void Select(QueryRun run, Node start, NodeBuffer output)
    {
        var index = 0;
        if (start.Location is null)
        {
            if (!Prefix.TryFind(run, start.Value, out var found))
            {
                return;
            }

            start = new Node(found, null);
            index = Prefix.Selectors.Length;
        }

        if (index == _segments.Length)
        {
            output.Add(start);
            return;
        }

        var nodes = run.Rent();
        nodes.Add(start);
        for (; index < _segments.Length; index++)
        {
            var selected = index == _segments.Length - 1 ? output : run.Rent();
            for (var i = 0; i < nodes.Count && !selected.IsFull; i++)
            {
                _segments[index].Select(run, nodes[i], selected);
            }

            run.Return(nodes);
            nodes = selected;
        }
    }

    /// <summary>Whether and how many nodes there are, counted up to the limit, and the first of them.</summary>
    public int Count(QueryRun run, JsonElement start, int limit, out JsonElement first)
    {
        if (IsSingular)
        {
            return Prefix.TryFind(run, start, out first) ? 1 : 0;
        }

        var nodes = run.Rent(limit);
        Select(run, new Node(start, null), nodes);
        var count = nodes.Count;
        first = count == 0 ? default : nodes[0].Value;
        run.Return(nodes);
        return count;
    }
}
