namespace Hub.Engine.Resilience;

/// <summary>
/// Waits that others asked for, or that many begin at once: never shorter than asked, and scattered over a fifth of the wait after it, so that those who
/// wait do not come back together.
/// </summary>
/// <param name="random">From 0 to 1.</param>
/// <param name="longest">The longest wait that a server's Retry-After is followed for.</param>
public sealed class ScatteredWait(Func<double> random, TimeSpan longest)
{
    private const double Fifth = 0.2;

    public TimeSpan AtLeast(TimeSpan wait) => wait + (wait * (Fifth * random()));

    /// <summary>What a server asked for with Retry-After, up to the configured bound.</summary>
    public TimeSpan RetryAfter(TimeSpan asked) => AtLeast(asked < longest ? asked : longest);
}
