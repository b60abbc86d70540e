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
            writers: 1,
            maxItems: 1,
            maxBytes: 100,
            maxWaiting: 2,
            maxWaitingBytes: 100
        );
        var first = commits.TrySubmit(1, 10)!;
        await entered.Task.WaitAsync(Cancel);
        var second = commits.TrySubmit(2, 10)!;
        var third = commits.TrySubmit(3, 10)!;
        Assert.Null(commits.TrySubmit(4, 10));
        gate.SetResult();
        Assert.Equal(new List<int> { 2, 4, 6 }, await Task.WhenAll(first.Task, second.Task, third.Task));
        var fifth = commits.TrySubmit(5, 10)!;
        Assert.Equal(10, await fifth.Task);
    }

    [Fact]
    public async Task TrySubmit_MoreBytesThanMayWait_IsRefusedUntilTheyAreGone()
    {
        await using var commits = new GroupCommit<int, int>(Double, writers: 1, maxItems: 10, maxBytes: 10, maxWaiting: 100, maxWaitingBytes: 100);
        Assert.Null(commits.TrySubmit(1, 101));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(i * 2, await commits.SubmitAsync(i, 100, Cancel));
        }

        await Eventually(() => commits.TrySubmit(2, 100) is not null);
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
            writers: 1,
            maxItems: 10,
            maxBytes: 100,
            maxWaiting: 100,
            maxWaitingBytes: 100
        );
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
            writers: 1,
            maxItems: 1000,
            maxBytes: 100,
            maxWaiting: 1000,
            maxWaitingBytes: long.MaxValue
        );
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => commits.SubmitAsync(i, 40, Cancel)));
        Assert.InRange(largest, 40, 140);
    }

    [Fact]
    public async Task Withdraw_BeforeItsCommit_IsNeverWrittenAndGivesItsBytesBack()
    {
        var gate = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var written = new List<int>();
        await using var commits = new GroupCommit<int, int>(
            async (_, batch, token) =>
            {
                entered.TrySetResult();
                await gate.Task;
                written.AddRange(batch.Select(pending => pending.Item));
                await Double(0, batch, token);
            },
            writers: 1,
            maxItems: 10,
            maxBytes: 100,
            maxWaiting: 10,
            maxWaitingBytes: 100
        );
        var begun = commits.TrySubmit(1, 40)!;
        await entered.Task.WaitAsync(Cancel);
        var waiting = commits.TrySubmit(2, 60)!;
        Assert.Null(commits.TrySubmit(3, 60));
        Assert.False(commits.TryWithdraw(begun, -1));
        Assert.True(commits.TryWithdraw(waiting, -1));
        Assert.False(commits.TryWithdraw(waiting, -1));
        Assert.Equal(-1, await waiting.Task);
        var next = commits.TrySubmit(4, 60)!;
        gate.SetResult();
        Assert.Equal(new List<int> { 2, 8 }, await Task.WhenAll(begun.Task, next.Task));
        Assert.Equal([1, 4], written);
        await Eventually(() => commits.TrySubmit(5, 100) is not null);
    }

    [Fact]
    public async Task LeaveBehind_CommitUnderWay_CallerGoesOnAndTheResultIsToldLater()
    {
        var gate = new TaskCompletionSource();
        await using var commits = new GroupCommit<int, int>(
            async (_, batch, token) =>
            {
                await gate.Task;
                batch.ForEach(static pending => pending.Complete(pending.Item * 2));
            },
            writers: 1,
            maxItems: 10,
            maxBytes: 100,
            maxWaiting: 10,
            maxWaitingBytes: 100
        );
        var late = new TaskCompletionSource<int>();
        var left = commits.TrySubmit(1, 1)!;
        var stayed = commits.TrySubmit(2, 1)!;
        Assert.True(left.TryLeaveBehind(-1, late.SetResult));
        Assert.Equal(-1, await left.Task);
        gate.SetResult();
        Assert.Equal(2, await late.Task.WaitAsync(Cancel));
        Assert.Equal(4, await stayed.Task);
        Assert.False(stayed.TryLeaveBehind(-1, static _ => Assert.Fail("It was over.")));
    }

    [Fact]
    public async Task LeaveBehind_CommitThrows_IsToldTheDefault()
    {
        var gate = new TaskCompletionSource();
        await using var commits = new GroupCommit<int, int>(
            async (_, _, _) =>
            {
                await gate.Task;
                throw new InvalidOperationException("No room.");
            },
            writers: 1,
            maxItems: 10,
            maxBytes: 100,
            maxWaiting: 10,
            maxWaitingBytes: 100
        );
        var late = new TaskCompletionSource<int>();
        Assert.True(commits.TrySubmit(1, 1)!.TryLeaveBehind(-1, late.SetResult));
        gate.SetResult();
        Assert.Equal(0, await late.Task.WaitAsync(Cancel));
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
            writers: 1,
            maxItems: 1,
            maxBytes: 100,
            maxWaiting: 100,
            maxWaitingBytes: 1000
        );
        var waiting = Enumerable.Range(0, 5).Select(i => commits.SubmitAsync(i, 1, Cancel)).ToList();
        var drained = commits.DrainAsync(TimeSpan.FromSeconds(10));
        Assert.Null(commits.TrySubmit(9, 1));
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
