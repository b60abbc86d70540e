namespace Hub.Routing.JsonPath;

/// <summary>An evaluation was stopped because it visited more of the document than its <see cref="JsonPathLimits"/> allow.</summary>
public sealed class JsonPathBudgetException(int visitedNodes)
    : Exception($"The JSONPath query was stopped after {visitedNodes} visited nodes. Narrow it, for instance by fewer '..' segments, or raise the limit.")
{
    /// <summary>The limit that was reached.</summary>
    public int VisitedNodes { get; } = visitedNodes;
}
