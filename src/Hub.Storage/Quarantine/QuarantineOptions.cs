using System.ComponentModel.DataAnnotations;

namespace Hub.Storage.Quarantine;

/// <summary>Section <c>Hub:Quarantine</c>: how much is kept of what was refused. The oldest goes first; what goes stays counted.</summary>
public sealed class QuarantineOptions
{
    public const string Section = "Hub:Quarantine";

    /// <summary>Requests kept for one Source. 0 keeps none.</summary>
    [Range(0, 1_000_000)]
    public int Requests { get; init; } = 10_000;

    /// <summary>Megabytes (2^20 bytes) kept for one Source.</summary>
    [Range(1, 1 << 20)]
    public int Megabytes { get; init; } = 64;

    /// <summary>Megabytes kept for all Sources together; the Source with the most gives way first.</summary>
    [Range(1, 1 << 20)]
    public int TotalMegabytes { get; init; } = 1024;

    /// <summary>Bytes a second that are kept of one Source's refused requests on average; a quarter of its megabytes may come at once.</summary>
    [Range(1024, 1L << 40)]
    public long BytesPerSecond { get; init; } = 64 << 10;

    /// <summary>The same for all Sources together.</summary>
    [Range(1024, 1L << 40)]
    public long TotalBytesPerSecond { get; init; } = 256 << 10;

    /// <summary>Days a request is kept.</summary>
    [Range(1, 3650)]
    public int Days { get; init; } = 14;

    /// <summary>The shortest pause between two commits: a flood of bad requests takes no more of the disk than this allows.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Requests in one commit.</summary>
    [Range(1, 1000)]
    public int MaxBatch { get; init; } = 50;

    /// <summary>Bytes that one Source may have kept at once.</summary>
    internal long Burst => ((long)Megabytes << 20) / 4;

    internal long TotalBurst => ((long)TotalMegabytes << 20) / 4;
}
