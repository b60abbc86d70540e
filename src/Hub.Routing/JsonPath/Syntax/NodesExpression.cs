using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>A query inside a filter (NodesType), from the current node or, when it has a memo slot, from the root.</summary>
internal sealed class NodesExpression(Query query, int? memoSlot) : FilterExpression
{
    public bool IsSingular => query.IsSingular;

    /// <summary>How many nodes there are, counted up to the limit, and the first of them. Each expression has one user, so one limit.</summary>
    public int Count(QueryRun run, JsonElement current, int limit, out JsonElement first)
    {
        if (memoSlot is not { } slot)
        {
            return query.Count(run, current, limit, out first);
        }

        if (!run.Memo(slot).IsKnown)
        {
            var count = query.Count(run, run.Root, limit, out first);
            run.Memo(slot) = new MemoizedNodes(true, count, first);
            return count;
        }

        run.Charge(1);
        first = run.Memo(slot).First;
        return run.Memo(slot).Count;
    }
}
