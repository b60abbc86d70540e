using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>A run of names and indexes, followed without building nodelists.</summary>
internal sealed class SingularPath(SingularSelector[] selectors)
{
    public SingularSelector[] Selectors { get; } = selectors;

    /// <summary>Finds the value; without a run the walk is not charged.</summary>
    public bool TryFind(QueryRun? run, JsonElement start, out JsonElement value)
    {
        value = start;
        foreach (var selector in Selectors)
        {
            if (!selector.TrySelect(run, value, out value))
            {
                return false;
            }
        }

        return true;
    }
}
