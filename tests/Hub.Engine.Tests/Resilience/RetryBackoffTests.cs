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
        var policy = new RetryPolicy { Backoff = kind, First = TimeSpan.FromSeconds(1), Max = TimeSpan.FromMinutes(1) };
        Assert.Equal(TimeSpan.FromSeconds(seconds), new RetryBackoff(() => 1, Longest).WaitBefore(policy, failed, null));
        Assert.Equal(TimeSpan.FromSeconds(seconds / 2.0), new RetryBackoff(() => 0, Longest).WaitBefore(policy, failed, null));
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(0, 1)]
    [InlineData(7200, 3600)]
    public void WaitBefore_ToldToRetryAfter_WaitsAtLeastThatUpToTheBound(int asked, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new RetryBackoff(() => 1, Longest).WaitBefore(RetryPolicy.Default, 1, TimeSpan.FromSeconds(asked)));
}
