namespace Hub.Storage.Tests;

public sealed class GroupCommitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_Many_GivesEachCallerItsOwnResult()
    {
        await using var commits = new GroupCommit<int, int>(Double, writers: 2, maxItems: 7, maxBytes: 1000, maxWaiting: 1000, maxWaitingBytes: 1000);
        var results = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => commits.SubmitAsync(i, 1, Cancel)));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => i * 2), results);
    }

    [Fact]
    public async Task TrySubmit_MoreThanMayWait_IsRefusedUntilThereIsRoom()
    {
        var gate = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        await using var commits = new GroupCommit<int, int>(
            async (_, batch, token) =>
            {
                entered.TrySetResult();
                await gate.Task;
                await Double(0, batch, token);
            },
            writers: 1, maxItems: 1, maxBytes: 100, maxWaiting: 2, maxWaitingBytes: 100);
        Assert.True(commits.TrySubmit(1, 10, out var first));
        await entered.Task.WaitAsync(Cancel);
        Assert.True(commits.TrySubmit(2, 10, out var second));
        Assert.True(commits.TrySubmit(3, 10, out var third));
        Assert.False(commits.TrySubmit(4, 10, out _));
        gate.SetResult();
        Assert.Equal(new List<int> { 2, 4, 6 }, await Task.WhenAll(first, second, third));
        Assert.True(commits.TrySubmit(5, 10, out var fifth));
        Assert.Equal(10, await fifth);
    }

    [Fact]
    public async Task TrySubmit_MoreBytesThanMayWait_IsRefusedUntilTheyAreGone()
    {
        await using var commits = new GroupCommit<int, int>(Double, writers: 1, maxItems: 10, maxBytes: 10, maxWaiting: 100, maxWaitingBytes: 100);
        Assert.False(commits.TrySubmit(1, 101, out _));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(i * 2, await commits.SubmitAsync(i, 100, Cancel));
        }

        await Eventually(() => commits.TrySubmit(2, 100, out _));
    }

    [Fact]
    public async Task Commit_Faulty_IsToldToEveryCallerAndTheNextOneWorks()
    {
        var first = true;
        await using var commits = new GroupCommit<int, int>(
            (_, batch, token) =>
            {
                if (first)
                {
                    first = false;
                    throw new InvalidOperationException("as told");
                }

                return Double(0, batch, token);
            },
            writers: 1, maxItems: 10, maxBytes: 100, maxWaiting: 100, maxWaitingBytes: 100);
        await Assert.ThrowsAsync<InvalidOperationException>(() => commits.SubmitAsync(1, 1, Cancel));
        Assert.Equal(4, await commits.SubmitAsync(2, 1, Cancel));
    }

    [Fact]
    public async Task Commit_Large_HoldsNoMoreBytesThanAllowedAndOneItemMore()
    {
        var largest = 0L;
        await using var commits = new GroupCommit<int, int>(
            (_, batch, token) =>
            {
                largest = Math.Max(largest, batch.Sum(pending => pending.Bytes));
                return Double(0, batch, token);
            },
            writers: 1, maxItems: 1000, maxBytes: 100, maxWaiting: 1000, maxWaitingBytes: long.MaxValue);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => commits.SubmitAsync(i, 40, Cancel)));
        Assert.InRange(largest, 40, 140);
    }

    [Fact]
    public async Task Drain_WithItemsWaiting_CommitsThemAndTakesNoMore()
    {
        var gate = new TaskCompletionSource();
        await using var commits = new GroupCommit<int, int>(
            async (_, batch, token) =>
            {
                await gate.Task;
                await Double(0, batch, token);
            },
            writers: 1, maxItems: 1, maxBytes: 100, maxWaiting: 100, maxWaitingBytes: 1000);
        var waiting = Enumerable.Range(0, 5).Select(i => commits.SubmitAsync(i, 1, Cancel)).ToList();
        var drained = commits.DrainAsync(TimeSpan.FromSeconds(10));
        Assert.False(commits.TrySubmit(9, 1, out _));
        gate.SetResult();
        await drained;
        Assert.Equal(new List<int> { 0, 2, 4, 6, 8 }, await Task.WhenAll(waiting));
    }

    private static Task Double(int writer, List<GroupCommit<int, int>.Pending> batch, CancellationToken cancellationToken)
    {
        batch.ForEach(pending => pending.TrySetResult(pending.Item * 2));
        return Task.CompletedTask;
    }

    private static async Task Eventually(Func<bool> happens)
    {
        // Bytes are given back just after the callers were told, and nothing signals that.
        while (!happens())
        {
            await Task.Delay(5, Cancel);
        }
    }
}
