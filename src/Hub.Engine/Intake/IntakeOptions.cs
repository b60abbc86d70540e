using System.ComponentModel.DataAnnotations;

namespace Hub.Engine.Intake;

/// <summary>Section <c>Hub:Intake</c>.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Hub:Intake";

    /// <summary>
    /// Bytes that requests may hold at once: one half for bodies as they arrive and until they are answered, one half for unpacking and reading them. The next
    /// such request is answered 503.
    /// </summary>
    [Range(16L << 20, 1L << 36)]
    public long MaxBodyBytesInWork { get; init; } = 256L << 20;

    /// <summary>How much of what may arrive at once the senders of one Source may take, in percent.</summary>
    [Range(1, 100)]
    public int SourcePercent { get; init; } = 50;
}
