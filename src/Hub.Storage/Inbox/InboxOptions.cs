using System.ComponentModel.DataAnnotations;

namespace Hub.Storage.Inbox;

/// <summary>Section <c>Hub:Inbox</c>.</summary>
public sealed class InboxOptions
{
    public const string Section = "Hub:Inbox";

    /// <summary>Commits under way at once.</summary>
    [Range(1, 16)]
    public int Writers { get; init; } = 1;

    /// <summary>Deliveries in one commit.</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; init; } = 256;

    /// <summary>Deliveries that may wait for their commit; the next one is answered 503.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaiting { get; init; } = 4096;

    /// <summary>Bytes that may wait for their commit; the next delivery is answered 503.</summary>
    [Range(1 << 20, 1L << 32)]
    public long MaxWaitingBytes { get; init; } = 128L << 20;
}
