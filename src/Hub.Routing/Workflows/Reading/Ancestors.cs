using System.Collections;

namespace Hub.Routing.Workflows.Reading;

/// <summary>Which steps come before which.</summary>
internal sealed class Ancestors
{
    private readonly BitArray[] _before;

    public Ancestors(DraftGraph graph, int count)
    {
        _before = new BitArray[count];
        for (var i = 0; i < count; i++)
        {
            _before[i] = new BitArray(count);
        }

        foreach (var step in graph.Order)
        {
            foreach (var edge in graph.Edges[step])
            {
                _before[step].Or(_before[edge.From]).Set(edge.From, true);
            }
        }
    }

    public bool Contains(int ancestor, int step) => _before[step][ancestor];
}
