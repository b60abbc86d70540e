using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Edges lead onward only. Each cycle is named once.</summary>
internal sealed class NoCyclesRule : IWorkflowRule
{
    private const int Named = 20;

    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        var graph = draft.Graph;
        var inOrder = graph.Order.ToHashSet();
        var finished = new bool[draft.Steps.Count];
        var found = 0;
        for (var start = 0; start < draft.Steps.Count && found < Named; start++)
        {
            if (!inOrder.Contains(start) && !finished[start])
            {
                found += Search(start, draft, finished, Named - found, errors);
            }
        }
    }

    // Depth first and against the edges, with a stack of our own: documents decide how deep it goes.
    private static int Search(int start, WorkflowDraft draft, bool[] finished, int limit, ErrorList errors)
    {
        var trail = new List<(int Step, int Next)> { (start, 0) };
        var onTrail = new HashSet<int> { start };
        var found = 0;
        while (trail.Count > 0)
        {
            var (step, next) = trail[^1];
            var edges = draft.Graph.Edges[step];
            if (next == edges.Count || found >= limit)
            {
                finished[step] = true;
                onTrail.Remove(step);
                trail.RemoveAt(trail.Count - 1);
                continue;
            }

            trail[^1] = (step, next + 1);
            var from = edges[next].From;
            if (onTrail.Contains(from))
            {
                found++;
                Report([.. trail.Select(each => each.Step).SkipWhile(each => each != from).Reverse()], draft, errors);
            }
            else if (!finished[from])
            {
                trail.Add((from, 0));
                onTrail.Add(from);
            }
        }

        return found;
    }

    private static void Report(List<int> cycle, WorkflowDraft draft, ErrorList errors)
    {
        // The first step in the document leads, and its edge from the last one is the one to take out.
        var first = cycle.IndexOf(cycle.Min());
        cycle = [.. cycle[first..], .. cycle[..first]];
        var entry = draft.Graph.Edges[cycle[0]].First(edge => edge.From == cycle[^1]).Entry;
        var ids = cycle.Append(cycle[0]).Select(each => draft.Steps[each].Id).ToArray();
        var path = ids.Length <= 12 ? string.Join(" -> ", ids) : $"{string.Join(" -> ", ids.Take(10))} -> ... -> {ids[^1]}";
        errors.Error(
            ErrorCodes.Cycle,
            draft.Steps[cycle[0]].Place["after"][entry],
            $"The steps go round in a circle: {path}.",
            "Take one of these edges out; a workflow only leads onward."
        );
    }
}
