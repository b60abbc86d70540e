namespace Hub.Routing.Workflows.Reading;

/// <summary>The edges between the steps of a draft that make sense, and an order in which they lead onward.</summary>
internal sealed class DraftGraph
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    public DraftGraph(IReadOnlyList<StepDraft> steps)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Id.Length > 0)
            {
                _indexes.TryAdd(steps[i].Id, i);
            }
        }

        var edges = new List<IncomingEdge>[steps.Count];
        IsWhole = new bool[steps.Count];
        for (var i = 0; i < steps.Count; i++)
        {
            edges[i] = [];
            foreach (var (index, edge) in steps[i].Definition.After.Index())
            {
                if (IndexOf(edge.StepId) is var from and >= 0 && from != i)
                {
                    edges[i].Add(new IncomingEdge(from, edge.Port, index));
                }
            }

            IsWhole[i] = edges[i].Count == steps[i].Definition.After.Count;
        }

        Edges = edges;
        Order = Sort(edges);
        foreach (var step in Order)
        {
            IsWhole[step] &= edges[step].TrueForAll(edge => IsWhole[edge.From]);
        }
    }

    /// <summary>For each step, the incoming edges that come from another step.</summary>
    public IReadOnlyList<IncomingEdge>[] Edges { get; }

    /// <summary>Every step after those it follows; steps on or behind a cycle are left out.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Whether all edges to a step, from the trigger on, are known.</summary>
    public bool[] IsWhole { get; }

    public int IndexOf(string id) => _indexes.GetValueOrDefault(id, -1);

    private static List<int> Sort(List<IncomingEdge>[] edges)
    {
        var next = new List<int>[edges.Length];
        var open = new int[edges.Length];
        for (var i = 0; i < edges.Length; i++)
        {
            next[i] = [];
        }

        for (var i = 0; i < edges.Length; i++)
        {
            open[i] = edges[i].Count;
            foreach (var edge in edges[i])
            {
                next[edge.From].Add(i);
            }
        }

        var order = new List<int>(Enumerable.Range(0, edges.Length).Where(step => open[step] == 0));
        for (var i = 0; i < order.Count; i++)
        {
            order.AddRange(next[order[i]].Where(step => --open[step] == 0));
        }

        return order;
    }
}

/// <param name="From">The index of the step it comes from.</param>
/// <param name="Entry">Its index in <c>after</c>.</param>
internal readonly record struct IncomingEdge(int From, string? Port, int Entry);
