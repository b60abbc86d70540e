namespace Hub.Routing.Workflows.Reading;

/// <summary>Works out what the outcomes known at the start of a step say of the others.</summary>
/// <param name="steps">The steps.</param>
/// <param name="graph">The edges between them.</param>
/// <param name="demanded">The outcomes that take an edge.</param>
/// <param name="notRun">The outcome of a step that has not run.</param>
internal sealed class ReachabilityInference(IReadOnlyList<StepDraft> steps, DraftGraph graph, Func<IncomingEdge, UInt128> demanded, UInt128 notRun)
{
    // What a document with more edges than this excludes is not worked out: it is no document of a person.
    private const int MostEdges = 20_000;

    public UInt128[] WorkOut(UInt128[] outcomes)
    {
        if (graph.Edges.Sum(edges => edges.Count) > MostEdges)
        {
            return outcomes;
        }

        var known = (UInt128[])outcomes.Clone();
        LeadOn(known);
        LeadBack(known);
        LeadOn(known);

        // Knowing too much of a step that can never run is no ground to judge by.
        return Array.IndexOf(known, UInt128.Zero) < 0 ? known : outcomes;
    }

    // A step whose incoming edges are ruled out was skipped.
    private void LeadOn(UInt128[] known)
    {
        foreach (var step in graph.Order.Where(step => graph.IsWhole[step] && graph.Edges[step].Count > 0))
        {
            var edges = graph.Edges[step];
            if (IsAll(step) ? edges.Any(edge => IsRuledOut(edge, known)) : edges.All(edge => IsRuledOut(edge, known)))
            {
                known[step] &= notRun;
            }
        }
    }

    // A step that has run was come to: by all its edges, or by the only one that is left.
    private void LeadBack(UInt128[] known)
    {
        foreach (var step in graph.Order.Reverse().Where(step => graph.IsWhole[step] && (known[step] & notRun) == 0))
        {
            var open = graph.Edges[step].Where(edge => !IsRuledOut(edge, known)).ToArray();
            foreach (var edge in IsAll(step) || open.Length == 1 ? open : [])
            {
                known[edge.From] &= demanded(edge);
            }
        }
    }

    private bool IsAll(int step) => steps[step].Definition.Join == StepJoin.All;

    private bool IsRuledOut(IncomingEdge edge, UInt128[] known) => (known[edge.From] & demanded(edge)) == 0;
}
