using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>A selector of at most one child.</summary>
internal abstract class SingularSelector : Selector
{
    /// <summary>Finds the child; without a run the lookup is not charged.</summary>
    public abstract bool TrySelect(QueryRun? run, JsonElement owner, out JsonElement child);
}
