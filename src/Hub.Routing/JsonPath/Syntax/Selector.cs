using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>Picks children of a node (RFC 9535, section 2.3).</summary>
internal abstract class Selector
{
    /// <summary>Adds the selected children; may stop once the output is full.</summary>
    public abstract void Select(QueryRun run, in Node node, NodeBuffer output);
}
