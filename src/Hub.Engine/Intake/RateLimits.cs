using System.Collections.Concurrent;

namespace Hub.Engine.Intake;

/// <summary>The token buckets of this node's Sources. They outlive the reading of Sources, which happens every half minute.</summary>
internal sealed class RateLimits(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, TokenBucket> _buckets = new();

    /// <summary>The Source's bucket, a fresh one when its limit was changed; null when it has none.</summary>
    public TokenBucket? Of(Guid source, RateLimitSettings? limit)
    {
        if (limit is null)
        {
            _buckets.TryRemove(source, out _);
            return null;
        }

        return _buckets.AddOrUpdate(source, _ => new TokenBucket(limit, time), (_, bucket) => bucket.Limit == limit ? bucket : new TokenBucket(limit, time));
    }

    /// <summary>Forgets Sources that are gone.</summary>
    public void Keep(IReadOnlySet<Guid> sources)
    {
        foreach (var source in _buckets.Keys)
        {
            if (!sources.Contains(source))
            {
                _buckets.TryRemove(source, out _);
            }
        }
    }
}
