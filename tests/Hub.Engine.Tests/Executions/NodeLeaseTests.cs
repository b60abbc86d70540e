using Hub.Engine.Executions;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Tests.Executions;

public sealed class NodeLeaseTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Third = Lease / 3;

    private readonly ManualTime _time = new();
    private readonly NodeLease _lease;

    public NodeLeaseTests() => _lease = new NodeLease(_time, Options.Create(new EngineOptions { Lease = Lease }));

    [Fact]
    public void Period_NeverRenewed_CoversNothing()
    {
        Assert.Equal(0, _lease.Period);
        Assert.False(_lease.Covers(0));
    }

    [Fact]
    public void Period_RenewedInTime_GoesOn()
    {
        Renew(TimeSpan.Zero);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(Third);
            Renew(answeredAfter: Third / 2);
        }

        Assert.Equal(1, _lease.Period);
        Assert.True(_lease.Covers(1));
    }

    [Fact]
    public void Period_NotRenewed_EndsALeaseAfterTheStatementWasSent()
    {
        Renew(answeredAfter: Third);
        _time.Advance((2 * Third) - TimeSpan.FromTicks(1));
        Assert.True(_lease.Covers(1));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(_lease.Covers(1));
        Assert.Equal(0, _lease.Period);
    }

    [Fact]
    public void Period_AfterALapse_IsAnotherOne()
    {
        Renew(TimeSpan.Zero);
        _time.Advance(Lease);
        Renew(TimeSpan.Zero);
        Assert.False(_lease.Covers(1));
        Assert.True(_lease.Covers(2));
    }

    [Fact]
    public void Period_AnsweredOnlyAfterTheEarlierLeaseEnded_IsAnotherOne()
    {
        Renew(TimeSpan.Zero);
        _time.Advance(2 * Third);
        Renew(answeredAfter: Third);
        Assert.False(_lease.Covers(1));
        Assert.True(_lease.Covers(2));
    }

    [Fact]
    public async Task Run_AfterALapse_GoesOnOnlyOnceSomethingWasRecordedUnderTheNewLease()
    {
        Renew(TimeSpan.Zero);
        var run = new RunLease(_lease, _lease.Period);
        _time.Advance(Lease);
        Assert.Throws<OperationCanceledException>(run.ThrowIfLost);
        Assert.True(await run.RecordAsync(() => Task.FromResult(true)));
        Assert.False(run.Holds);
        Renew(TimeSpan.Zero);
        Assert.False(run.Holds);
        Assert.False(await run.RecordAsync(() => Task.FromResult(false)));
        Assert.False(run.Holds);
        Assert.True(await run.RecordAsync(() => Task.FromResult(true)));
        Assert.True(run.Holds);
        run.ThrowIfLost();
    }

    [Fact]
    public async Task Run_RecordedWhileTheLeaseWasBeingLost_DoesNotGoOn()
    {
        Renew(TimeSpan.Zero);
        var run = new RunLease(_lease, _lease.Period);
        await run.RecordAsync(() =>
        {
            _time.Advance(Lease);
            Renew(TimeSpan.Zero);
            return Task.FromResult(true);
        });
        Assert.False(run.Holds);
    }

    private void Renew(TimeSpan answeredAfter)
    {
        var sentAt = _time.GetTimestamp();
        _time.Advance(answeredAfter);
        _lease.Renewed(sentAt);
    }
}
