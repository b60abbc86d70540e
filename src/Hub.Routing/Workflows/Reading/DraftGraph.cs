namespace Hub.Routing.Workflows.Reading;

/// <summary>The ways between the steps of a draft that make sense, and an order in which they lead onward.</summary>
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

        var ways = new List<IncomingEdge>[steps.Count];
        IsWhole = new bool[steps.Count];
        for (var i = 0; i < steps.Count; i++)
        {
            ways[i] = [];
            foreach (var (index, way) in steps[i].Definition.After.Index())
            {
                if (IndexOf(way.StepId) is var from and >= 0 && from != i)
                {
                    ways[i].Add(new IncomingEdge(from, way.Port, index));
                }
            }

            IsWhole[i] = ways[i].Count == steps[i].Definition.After.Count;
        }

        Ways = ways;
        Order = Sort(ways);
        foreach (var step in Order)
        {
            IsWhole[step] &= ways[step].TrueForAll(way => IsWhole[way.From]);
        }
    }

    /// <summary>For each step, the incoming edges that come from another step.</summary>
    public IReadOnlyList<IncomingEdge>[] Ways { get; }

    /// <summary>Every step after those it follows; steps on or behind a cycle are left out.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Whether all ways to a step, from the trigger on, are known.</summary>
    public bool[] IsWhole { get; }

    public int IndexOf(string id) => _indexes.GetValueOrDefault(id, -1);

    private static List<int> Sort(List<IncomingEdge>[] ways)
    {
        var next = new List<int>[ways.Length];
        var open = new int[ways.Length];
        for (var i = 0; i < ways.Length; i++)
        {
            next[i] = [];
        }

        for (var i = 0; i < ways.Length; i++)
        {
            open[i] = ways[i].Count;
            foreach (var way in ways[i])
            {
                next[way.From].Add(i);
            }
        }

        var order = new List<int>(Enumerable.Range(0, ways.Length).Where(step => open[step] == 0));
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
