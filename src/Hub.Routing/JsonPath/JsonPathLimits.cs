namespace Hub.Routing.JsonPath;

/// <summary>What one evaluation may cost. Reaching a limit is a <see cref="JsonPathBudgetException"/>.</summary>
public sealed record JsonPathLimits
{
    public static JsonPathLimits Default { get; } = new();

    /// <summary>Values of the document visited, counted each time; long names, strings and patterns count in proportion to their length.</summary>
    public int VisitedNodes { get; init; } = 1_000_000;
}
