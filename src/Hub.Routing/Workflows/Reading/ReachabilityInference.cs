namespace Hub.Routing.Workflows.Reading;

/// <summary>Works out what the outcomes known at the start of a step say of the others.</summary>
/// <param name="steps">The steps.</param>
/// <param name="graph">The ways between them.</param>
/// <param name="demanded">The outcomes that take a way.</param>
/// <param name="notRun">The outcome of a step that has not run.</param>
internal sealed class ReachabilityInference(IReadOnlyList<StepDraft> steps, DraftGraph graph, Func<IncomingEdge, UInt128> demanded, UInt128 notRun)
{
    // What a document with more ways than this excludes is not worked out: it is no document of a person.
    private const int MostWays = 20_000;

    public UInt128[] WorkOut(UInt128[] outcomes)
    {
        if (graph.Ways.Sum(ways => ways.Count) > MostWays)
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
        foreach (var step in graph.Order.Where(step => graph.IsWhole[step] && graph.Ways[step].Count > 0))
        {
            var ways = graph.Ways[step];
            if (IsAll(step) ? ways.Any(way => IsRuledOut(way, known)) : ways.All(way => IsRuledOut(way, known)))
            {
                known[step] &= notRun;
            }
        }
    }

    // A step that has run was come to: by all its ways, or by the only one that is left.
    private void LeadBack(UInt128[] known)
    {
        foreach (var step in graph.Order.Reverse().Where(step => graph.IsWhole[step] && (known[step] & notRun) == 0))
        {
            var open = graph.Ways[step].Where(way => !IsRuledOut(way, known)).ToArray();
            foreach (var way in IsAll(step) || open.Length == 1 ? open : [])
            {
                known[way.From] &= demanded(way);
            }
        }
    }

    private bool IsAll(int step) => steps[step].Definition.Join == StepJoin.All;

    private bool IsRuledOut(IncomingEdge way, UInt128[] known) => (known[way.From] & demanded(way)) == 0;
}
