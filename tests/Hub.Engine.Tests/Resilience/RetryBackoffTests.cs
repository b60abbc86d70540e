using Hub.Engine.Resilience;
using Hub.Routing.Workflows;

namespace Hub.Engine.Tests.Resilience;

public sealed class RetryBackoffTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(BackoffKind.Exponential, 1, 1)]
    [InlineData(BackoffKind.Exponential, 2, 2)]
    [InlineData(BackoffKind.Exponential, 4, 8)]
    [InlineData(BackoffKind.Exponential, 1000, 60)]
    [InlineData(BackoffKind.Linear, 3, 3)]
    [InlineData(BackoffKind.Linear, 1000, 60)]
    [InlineData(BackoffKind.Constant, 9, 1)]
    public void WaitBefore_ByPolicy_LiesInTheUpperHalfOfItsStep(BackoffKind kind, int failed, int seconds)
    {
        var policy = new RetryPolicy
        {
            Backoff = kind,
            First = TimeSpan.FromSeconds(1),
            Max = TimeSpan.FromMinutes(1),
        };
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff(1).WaitBefore(policy, failed, null));
        Assert.Equal(TimeSpan.FromSeconds(seconds / 2.0), Backoff(0).WaitBefore(policy, failed, null));
    }

    [Theory]
    [InlineData(5, 5, 6)]
    [InlineData(30, 30, 36)]
    [InlineData(7200, 3600, 4320)]
    public void WaitBefore_ToldToRetryAfter_IsNeverEarlierAndScatteredOverAFifth(int asked, int earliest, int latest)
    {
        Assert.Equal(TimeSpan.FromSeconds(earliest), Backoff(0).WaitBefore(RetryPolicy.Default, 1, TimeSpan.FromSeconds(asked)));
        Assert.Equal(TimeSpan.FromSeconds(latest), Backoff(1).WaitBefore(RetryPolicy.Default, 1, TimeSpan.FromSeconds(asked)));
    }

    [Fact]
    public void WaitBefore_ToldToRetryEarlierThanThePolicy_WaitsAsThePolicySays() =>
        Assert.Equal(Backoff(1).WaitBefore(RetryPolicy.Default, 1, null), Backoff(1).WaitBefore(RetryPolicy.Default, 1, TimeSpan.Zero));

    private static RetryBackoff Backoff(double random) => new(() => random, new ScatteredWait(() => random, Longest));
}
