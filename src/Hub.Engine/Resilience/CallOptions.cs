using System.ComponentModel.DataAnnotations;

namespace Hub.Engine.Resilience;

/// <summary>
/// Section <c>Hub:Calls</c>: how many calls may be under way on this node. What comes beyond waits for its turn, at first in memory, then as a row.
/// </summary>
public sealed class CallOptions
{
    public const string Section = "Hub:Calls";

    /// <summary>Calls under way at once to one destination: a connector, a credential and a host.</summary>
    [Range(1, 10_000)]
    public int PerDestination { get; init; } = 64;

    /// <summary>Calls under way at once for one workflow.</summary>
    [Range(1, 100_000)]
    public int PerWorkflow { get; init; } = 256;

    /// <summary>Calls under way at once for one workspace.</summary>
    [Range(1, 100_000)]
    public int PerWorkspace { get; init; } = 1024;

    /// <summary>How long an execution waits for its turn in memory; then it is parked as a row.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(2);
}
