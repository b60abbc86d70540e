using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary><c>.name</c>, <c>.*</c> or <c>[selector, ...]</c>.</summary>
internal sealed class ChildSegment(Selector[] selectors) : Segment(selectors)
{
    /// <summary>The only selector, when it selects at most one child.</summary>
    public SingularSelector? Singular => Selectors is [SingularSelector only] ? only : null;

    public override void Select(QueryRun run, in Node node, NodeBuffer output) => SelectChildren(run, node, output);
}
