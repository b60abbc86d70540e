namespace Hub.Storage.Tests.Plans;

/// <summary>A statement, and the indexes by which alone it may read tables that grow.</summary>
/// <param name="Arguments">Of a hot statement, SQL by parameter number; those not named are NULL, which a plan for any values does not look at.</param>
/// <param name="Values">Of an everyday statement, its parameters by name.</param>
public sealed record PlannedStatement(string Name, string Sql, string[] Indexes, Dictionary<int, string> Arguments, Dictionary<string, object> Values)
{
    /// <summary>Prepared once on a connection, for any values; else planned anew each time.</summary>
    public bool IsHot => Values.Count == 0;

    /// <summary>Slices are empty for moments only: adding one has its statements planned anew, and so has its first analysis.</summary>
    public bool IsOfSlices => !IsHot || Indexes.Any(index => index.Contains(PlanData.Day, StringComparison.Ordinal));

    /// <summary>
    /// Of an everyday statement: whether it is told to read in the order of the index. If not, what its index finds may be sorted when the statistics say
    /// that it is little.
    /// </summary>
    public bool IsToldTheOrder { get; init; } = true;

    public override string ToString() => Name;
}
