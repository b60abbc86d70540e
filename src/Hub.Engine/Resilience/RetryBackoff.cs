using Hub.Routing.Workflows;

namespace Hub.Engine.Resilience;

/// <summary>When to try again. The wait grows as the policy says and is scattered over its upper half, so that retries do not come in step.</summary>
/// <param name="random">From 0 to 1.</param>
public sealed class RetryBackoff(Func<double> random, ScatteredWait waits)
{
    /// <param name="policy">The step's policy.</param>
    /// <param name="failedTries">Tries that have failed so far, one or more.</param>
    /// <param name="retryAfter">What the other side asked for; the wait is at least that.</param>
    public TimeSpan WaitBefore(RetryPolicy policy, int failedTries, TimeSpan? retryAfter)
    {
        var factor = policy.Backoff switch
        {
            BackoffKind.Exponential => Math.Pow(2, Math.Min(failedTries - 1, 40)),
            BackoffKind.Linear => failedTries,
            _ => 1,
        };
        var wait = Math.Min(policy.First.TotalSeconds * factor, policy.Max.TotalSeconds);
        wait *= 0.5 + (0.5 * random());
        var own = TimeSpan.FromSeconds(wait);
        return retryAfter is { } asked && waits.RetryAfter(asked) is var told && told > own ? told : own;
    }
}
