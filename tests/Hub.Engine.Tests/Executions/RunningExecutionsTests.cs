using Hub.Engine.Executions;

namespace Hub.Engine.Tests.Executions;

public sealed class RunningExecutionsTests
{
    private static readonly Guid Id = Guid.CreateVersion7();

    [Fact]
    public void Cancel_WhileQueued_IsKnownWhenItBegins()
    {
        using var running = new RunningExecutions();
        running.Hold(Id, 1);
        running.Cancel(Id, below: 2);
        Assert.True(running.Hold(Id, 1).IsCancellationRequested);
    }

    [Fact]
    public void Hold_LaterClaim_AbandonsTheEarlierRunAndOutlivesItsEnd()
    {
        using var running = new RunningExecutions();
        var earlier = running.Hold(Id, 1);
        var later = running.Hold(Id, 3);
        Assert.True(earlier.IsCancellationRequested);
        running.Drop(Id, 1);
        Assert.True(running.Contains(Id));
        Assert.False(later.IsCancellationRequested);
        running.Cancel(Id, below: 4);
        Assert.True(later.IsCancellationRequested);
        running.Drop(Id, 3);
        Assert.False(running.Contains(Id));
    }

    [Fact]
    public void Cancel_HeardLate_LeavesALaterClaimAlone()
    {
        using var running = new RunningExecutions();
        var later = running.Hold(Id, 3);
        running.Cancel(Id, below: 3);
        Assert.False(later.IsCancellationRequested);
        running.Cancel(Id, below: 4);
        Assert.True(later.IsCancellationRequested);
    }

    [Fact]
    public void Hold_LaterClaim_DisposesWhatItReplaces()
    {
        using var running = new RunningExecutions();
        var earlier = running.Hold(Id, 1);
        running.Hold(Id, 2);
        Assert.Throws<ObjectDisposedException>(() => earlier.WaitHandle);
    }

    [Fact]
    public void Hold_EarlierClaimAfterALaterOne_IsAbandonedAtOnce()
    {
        using var running = new RunningExecutions();
        var later = running.Hold(Id, 3);
        Assert.True(running.Hold(Id, 1).IsCancellationRequested);
        Assert.False(later.IsCancellationRequested);
    }

    [Fact]
    public async Task AbandonAllAfter_TimeIsUp_CancelsWhatIsHeld()
    {
        using var running = new RunningExecutions();
        var token = running.Hold(Id, 1);
        running.AbandonAllAfter(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromSeconds(10), token));
    }
}
