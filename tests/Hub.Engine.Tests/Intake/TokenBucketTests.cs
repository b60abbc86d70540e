using Hub.Engine.Intake;

namespace Hub.Engine.Tests.Intake;

public sealed class TokenBucketTests
{
    [Fact]
    public void Bucket_Full_GivesItsBurstThenItsRate()
    {
        var clock = new Clock();
        var bucket = new TokenBucket(new RateLimitSettings(2, 5), clock);
        Assert.Equal(5, Take(bucket, 10));
        Assert.False(bucket.TryTake(out var wait));
        Assert.Equal(TimeSpan.FromMilliseconds(500), wait);
        clock.Now += wait;
        Assert.Equal(1, Take(bucket, 10));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(2, Take(bucket, 10));
        clock.Now += TimeSpan.FromDays(30);
        Assert.Equal(5, Take(bucket, 10));
    }

    [Fact]
    public void Bucket_Slow_WaitsLong()
    {
        var clock = new Clock();
        var bucket = new TokenBucket(new RateLimitSettings(0.01, 1), clock);
        Assert.True(bucket.TryTake(out _));
        Assert.False(bucket.TryTake(out var wait));
        Assert.Equal(TimeSpan.FromSeconds(100), wait);
    }

    [Fact]
    public async Task Bucket_TakenFromByMany_NeverGivesMore()
    {
        var bucket = new TokenBucket(new RateLimitSettings(0.01, 1000), new Clock());
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Take(bucket, 500))));
        Assert.Equal(1000, taken.Sum());
    }

    private static int Take(TokenBucket bucket, int times) => Enumerable.Range(0, times).Count(i => bucket.TryTake(out var _));

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
