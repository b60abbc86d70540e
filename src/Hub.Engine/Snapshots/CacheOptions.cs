using System.ComponentModel.DataAnnotations;

namespace Hub.Engine.Snapshots;

/// <summary>
/// Section <c>Hub:Caches</c>: how long this node believes what it has read of Sources, workflows, credentials and switched-off destinations. Nodes tell each
/// other of changes at once; these bounds are for when such a notice is lost.
/// </summary>
public sealed class CacheOptions
{
    public const string Section = "Hub:Caches";

    /// <summary>How long after its reading something is used without being read anew.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Freshness { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one reading may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Compiled versions of workflows that are kept.</summary>
    [Range(10, 100_000)]
    public int Plans { get; init; } = 2000;
}
