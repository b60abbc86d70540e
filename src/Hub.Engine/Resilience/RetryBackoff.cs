using Hub.Routing.Workflows;

namespace Hub.Engine.Resilience;

/// <summary>When to try again. The wait grows as the policy says and is scattered over its upper half, so that retries do not come in step.</summary>
public sealed class RetryBackoff(Func<double> random, TimeSpan maxRetryAfter)
{
    /// <param name="policy">The step's policy.</param>
    /// <param name="failedTries">Tries that have failed so far, one or more.</param>
    /// <param name="retryAfter">What the other side asked for; the wait is at least that, up to the configured bound.</param>
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
        if (retryAfter is { } asked)
        {
            wait = Math.Max(wait, Math.Min(asked.TotalSeconds, maxRetryAfter.TotalSeconds));
        }

        return TimeSpan.FromSeconds(wait);
    }
}
