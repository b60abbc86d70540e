namespace Hub.LoadBench.Measurements;

/// <summary>One figure of one round. What does not apply is null.</summary>
/// <param name="Id">Short and stable: <c>c64</c>.</param>
/// <param name="PerSecond">Requests, commits or executions per second.</param>
internal sealed record Measurement(string Id, string Name, double PerSecond)
{
    /// <summary>Milliseconds.</summary>
    public double? P50 { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? P99 { get; init; }

    /// <summary>How many of them one flush of the write-ahead log carried.</summary>
    public double? PerFlush { get; init; }

    /// <summary>Processor time of the server under test for each of them.</summary>
    public double? ServerMicros { get; init; }

    /// <summary>Processor time of PostgreSQL for each of them.</summary>
    public double? DatabaseMicros { get; init; }

    /// <summary>Of a measurement of growth: the last quarter's rate as a share of the first's.</summary>
    public double? LastToFirst { get; init; }

    /// <summary>What else was seen.</summary>
    public string? Note { get; init; }
}
