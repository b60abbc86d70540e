using System.ComponentModel.DataAnnotations;

namespace Hub.Engine.Resilience;

/// <summary>Section <c>Hub:Breakers</c>: when calls to a destination are put off because it fails, and how it is called again.</summary>
public sealed class BreakerOptions
{
    public const string Section = "Hub:Breakers";

    /// <summary>Calls are put off when so many in a row failed.</summary>
    [Range(1, 10_000)]
    public int FailuresInRow { get; init; } = 10;

    /// <summary>They are put off as well when this part of the calls within <see cref="Window"/> failed, from 0 to 1.</summary>
    [Range(0.01, 1)]
    public double FailureRatio { get; init; } = 0.9;

    /// <summary>Calls within <see cref="Window"/> from which on the ratio counts.</summary>
    [Range(2, 100_000)]
    public int MinimumCalls { get; init; } = 50;

    /// <summary>How far back the ratio looks.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nobody is called before a probe; longer when the destination asked for more with Retry-After.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Probes, one after the other, that must go well before others are called.</summary>
    [Range(1, 100)]
    public int Probes { get; init; } = 3;

    /// <summary>How long it takes after the probes until the full pace of the recovery is reached; it grows evenly.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RampTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The full pace of the recovery, as a multiple of the destination's usual rate of new calls. It holds until nothing is parked any more.</summary>
    [Range(1.05, 100)]
    public double RecoveryFactor { get; init; } = 1.4;

    /// <summary>The full pace of the recovery is at least this, in calls a second on each node.</summary>
    [Range(0.1, 100_000)]
    public double RecoveryFloor { get; init; } = 10;
}
