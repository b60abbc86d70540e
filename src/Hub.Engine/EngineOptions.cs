using System.ComponentModel.DataAnnotations;

namespace Hub.Engine;

/// <summary>Section <c>Hub:Engine</c>.</summary>
public sealed class EngineOptions
{
    public const string Section = "Hub:Engine";

    /// <summary>Executions that are worked on at once on this node; those that only wait for calls under way do not count.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; init; } = 128;

    /// <summary>
    /// Executions leased to this node at once, running or queued; what comes beyond is left to any node. New ones of one workflow take at most three quarters.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxLeased { get; init; } = 2048;

    /// <summary>
    /// What executions leased to this node hold in memory together, in bytes of bodies, inputs and recorded steps; what comes beyond is left to any node, and
    /// claimed while at most three quarters are held.
    /// </summary>
    [Range(typeof(long), "4194304", "68719476736")]
    public long MaxLeasedBytes { get; init; } = 256 << 20;

    /// <summary>
    /// Executions with a body, inputs or outputs above 256 KiB that run at once on this node, one workflow's at most three quarters of them; the others
    /// wait as rows.
    /// </summary>
    [Range(1, 1000)]
    public int MaxLarge { get; init; } = 8;

    /// <summary>How long a lease lasts without renewal. It is renewed three times in that span.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause between looks for due executions.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call may take when its step names no timeout.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long running executions may go on after a stop was asked for; then they are given back.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The largest output of a step, and the largest inputs, in bytes of JSON; larger ones fail the step.</summary>
    [Range(1024, 64 << 20)]
    public int MaxStepOutput { get; init; } = 4 << 20;

    /// <summary>
    /// What the outputs of all steps of an execution have together, in bytes of JSON; the step that would pass it fails. At least <see cref="MaxStepOutput"/>.
    /// </summary>
    [Range(1024, 512 << 20)]
    public int MaxRunOutput { get; init; } = 8 << 20;

    /// <summary>The largest run context that a dead letter keeps, in bytes of JSON; of a larger one the largest values are left out.</summary>
    [Range(64 << 10, 64 << 20)]
    public int MaxDeadLetterContext { get; init; } = 4 << 20;

    /// <summary>The longest wait a server's Retry-After is followed for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromHours(1);
}
