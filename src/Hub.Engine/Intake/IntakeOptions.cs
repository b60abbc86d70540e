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

    /// <summary>
    /// How long the hub may take to keep a delivery that it has received, before it answers 503. The time in which the sender sends its body does not count,
    /// nor does the wait for executions where the Source asks for that.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a request waits for one reading of the Sources or the workflows: long enough for a slow database, and short enough to leave time for the
    /// commit.
    /// </summary>
    internal TimeSpan LookUpPatience => AnswerWithin / 2.5;
}
