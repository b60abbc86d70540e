using System.ComponentModel.DataAnnotations;

namespace Hub.Storage.Retention;

/// <summary>Section <c>Hub:Retention</c>: how long deliveries are kept that no Source's own setting speaks of.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Hub:Retention";

    /// <summary>Days a delivery is kept. One whose execution is not finished is kept longer.</summary>
    [Range(1, 3650)]
    public int Days { get; init; } = 30;

    /// <summary>Megabytes (2^20 bytes) that deliveries may take, indexes included; the oldest go first. 0 sets no bound.</summary>
    [Range(0, 1L << 30)]
    public long Megabytes { get; init; } = 20L << 10;

    /// <summary>Days that the ledger's counts are kept.</summary>
    [Range(1, 3650)]
    public int CountsDays { get; init; } = 90;

    /// <summary>The pause between looks.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);
}
