namespace Hub.Engine.Intake;

/// <summary>
/// A token bucket without a lock or a timer: it keeps only the time at which it would be full again. Taking moves that time on by one token's worth,
/// and is refused where it would come to lie further ahead than the bucket is deep.
/// </summary>
public sealed class TokenBucket(RateLimitSettings limit, TimeProvider time)
{
    private readonly long _token = Math.Max(1, (long)(time.TimestampFrequency / limit.PerSecond));
    private long _fullAt = time.GetTimestamp();

    public RateLimitSettings Limit => limit;

    /// <summary>Takes one token.</summary>
    /// <param name="retryAfter">When there was none: how long until there is one.</param>
    public bool TryTake(out TimeSpan retryAfter)
    {
        retryAfter = default;
        while (true)
        {
            var now = time.GetTimestamp();
            var fullAt = Volatile.Read(ref _fullAt);
            var next = Math.Max(fullAt, now) + _token;
            var excess = next - now - (_token * limit.Burst);
            if (excess > 0)
            {
                retryAfter = time.GetElapsedTime(0, excess);
                return false;
            }

            if (Interlocked.CompareExchange(ref _fullAt, next, fullAt) == fullAt)
            {
                return true;
            }
        }
    }
}
