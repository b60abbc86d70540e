using Hub.Engine.Executions;

namespace Hub.Engine.Tests.Executions;

public sealed class ClaimPauseTests
{
    [Theory]
    [InlineData(0, 0, 20)]
    [InlineData(0, 5, 20)]
    [InlineData(0, 50, 50)]
    [InlineData(0, 9000, 5000)]
    [InlineData(0, null, 5000)]
    [InlineData(3, 0, 0)]
    [InlineData(3, 50, 50)]
    public void PauseAfter_NothingClaimed_IsNeverShorterThanTheShortest(int claimed, int? nextDue, int pause) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(pause),
            ExecutionWorker.PauseAfter(claimed, nextDue is { } due ? TimeSpan.FromMilliseconds(due) : null, TimeSpan.FromSeconds(5))
        );
}
