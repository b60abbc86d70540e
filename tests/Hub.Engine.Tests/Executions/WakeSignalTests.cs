using Hub.Engine.Executions;

namespace Hub.Engine.Tests.Executions;

public sealed class WakeSignalTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Now_BeforeTheSleep_EndsIt()
    {
        using var wake = new WakeSignal(TimeProvider.System);
        wake.Now();
        wake.Now();
        await wake.WaitAsync(Long, Cancel).WaitAsync(TimeSpan.FromSeconds(5), Cancel);
    }

    [Fact]
    public async Task NotLaterThan_PromisedBetweenLookAndSleep_IsNotMissed()
    {
        using var wake = new WakeSignal(TimeProvider.System);
        await wake.WaitAsync(TimeSpan.FromMilliseconds(1), Cancel);
        wake.NotLaterThan(TimeSpan.FromSeconds(1));
        await wake.WaitAsync(Long, Cancel).WaitAsync(TimeSpan.FromSeconds(5), Cancel);
    }

    [Fact]
    public async Task NotLaterThan_LaterThanTheNextLook_LetsItSleep()
    {
        using var wake = new WakeSignal(TimeProvider.System);
        var sleep = wake.WaitAsync(Long, Cancel);
        wake.NotLaterThan(Long * 2);
        Assert.False(sleep.IsCompleted);
        wake.NotLaterThan(TimeSpan.FromSeconds(1));
        await sleep.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
    }
}
