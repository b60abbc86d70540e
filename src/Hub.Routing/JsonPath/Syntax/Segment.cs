using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>One step of a query: selectors applied to each node of the nodelist so far.</summary>
internal abstract class Segment(Selector[] selectors)
{
    protected Selector[] Selectors { get; } = selectors;

    public abstract void Select(QueryRun run, in Node node, NodeBuffer output);

    protected void SelectChildren(QueryRun run, in Node node, NodeBuffer output)
    {
        foreach (var selector in Selectors)
        {
            selector.Select(run, node, output);
        }
    }
}
