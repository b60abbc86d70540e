using System.ComponentModel.DataAnnotations;

namespace Hub.Storage.Journal;

/// <summary>Section <c>Hub:Journal</c>.</summary>
public sealed class JournalOptions
{
    public const string Section = "Hub:Journal";

    /// <summary>Commits under way at once.</summary>
    [Range(1, 16)]
    public int Writers { get; init; } = 1;

    /// <summary>Entries in one commit.</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; init; } = 256;
}
