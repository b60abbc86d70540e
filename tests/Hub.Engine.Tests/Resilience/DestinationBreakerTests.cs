using Hub.Engine.Resilience;

namespace Hub.Engine.Tests.Resilience;

public sealed class DestinationBreakerTests
{
    private readonly ManualTime _time = new();
    private readonly BreakerOptions _options = new();
    private readonly DestinationBreaker _breaker;

    public DestinationBreakerTests() => _breaker = new DestinationBreaker(_options, new ScatteredWait(() => 0, TimeSpan.FromHours(1)), _time);

    [Fact]
    public void Failures_SoManyInARow_OpenIt()
    {
        Fail(_options.FailuresInRow - 1);
        Call(CallHealth.Well);
        Fail(_options.FailuresInRow - 1);
        Assert.Equal(TimeSpan.Zero, _breaker.OpenFor);
        Fail(1);
        Assert.Equal(_options.Pause, _breaker.OpenFor);
        Assert.Null(Ask().In);
    }

    [Fact]
    public void Failures_MostOfMany_OpenIt()
    {
        // Nine failures, then an answer: never ten in a row, but nine of ten.
        for (var calls = 0; calls < _options.MinimumCalls - 1; calls++)
        {
            Call(calls % 10 == 0 ? CallHealth.Well : CallHealth.Unwell);
            Assert.NotNull(Ask().In);
        }

        Fail(1);
        Assert.Null(Ask().In);
    }

    [Fact]
    public void Failures_LongAgo_CountNoMore()
    {
        for (var calls = 0; calls < _options.MinimumCalls - 1; calls++)
        {
            Call(calls % 9 == 0 ? CallHealth.Well : CallHealth.Unwell);
        }

        Call(CallHealth.Well);
        _time.Advance(_options.Window);
        Fail(1);
        Assert.NotNull(Ask().In);
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(5, 15)]
    public void Opened_ByAServerThatAskedToWait_WaitsAtLeastThat(int asked, int seconds)
    {
        Fail(_options.FailuresInRow - 1);
        _breaker.Ended(Ask().Term, CallHealth.Unwell, TimeSpan.FromSeconds(asked));
        Assert.Equal(TimeSpan.FromSeconds(seconds), _breaker.OpenFor);
        Assert.Equal(TimeSpan.FromSeconds(seconds), _breaker.Room().NextIn);
    }

    [Fact]
    public void Probes_OneAtATime_UntilEnoughWentWell()
    {
        Open();
        for (var probe = 0; probe < _options.Probes; probe++)
        {
            Assert.Equal(1, _breaker.Room().Now);
            var permission = Ask();
            Assert.True(permission.IsNow);
            Assert.Null(Ask().In);
            Assert.Equal(0, _breaker.Room().Now);
            _breaker.Ended(permission.Term, CallHealth.Well, null);
        }

        Assert.True(_breaker.IsRecovering);
    }

    [Fact]
    public void Probe_Failed_OpensAgain()
    {
        Open();
        Call(CallHealth.Well);
        Assert.True(_breaker.Ended(Ask().Term, CallHealth.Unwell, null));
        Assert.Equal(_options.Pause, _breaker.OpenFor);
    }

    [Fact]
    public void Probe_NotMade_LeavesItsTurnToTheNext()
    {
        Open();
        Call(CallHealth.Unknown);
        Assert.True(Ask().IsNow);
    }

    [Fact]
    public void Calls_FromBeforeItOpened_SayNothingAfterwards()
    {
        var early = Ask();
        Open();
        Call(CallHealth.Well);
        _breaker.Ended(early.Term, CallHealth.Unwell, null);
        Assert.Equal(TimeSpan.Zero, _breaker.OpenFor);
        Assert.True(Ask().IsNow);
    }

    [Fact]
    public void Recovery_WithFailures_BecomesSlowerAndOpensAgain()
    {
        Recover();
        _time.Advance(_options.RampTime);
        var fast = _breaker.Room().Now;
        _breaker.Ended(_breaker.Term, CallHealth.Busy, null);
        Assert.True(_breaker.Room().Now < fast);
        Fail(3);
        Assert.Equal(_options.Pause, _breaker.OpenFor);
    }

    [Fact]
    public void Recovery_AtFullPaceWithNothingParked_IsOver()
    {
        Recover();
        _time.Advance(_options.RampTime);
        Assert.True(_breaker.Ask(isNew: true, hasParked: true).IsNow);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_breaker.IsRecovering);
        Assert.True(Ask().IsNow);
        Assert.False(_breaker.IsRecovering);
        Assert.Equal(int.MaxValue, _breaker.Room().Now);
    }

    private Permission Ask() => _breaker.Ask(isNew: true, hasParked: false);

    private void Call(CallHealth health) => _breaker.Ended(Ask().Term, health, null);

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _breaker.Ended(_breaker.Term, CallHealth.Unwell, null);
        }
    }

    private void Open()
    {
        Fail(_options.FailuresInRow);
        _time.Advance(_options.Pause);
    }

    private void Recover()
    {
        Open();
        for (var probe = 0; probe < _options.Probes; probe++)
        {
            Call(CallHealth.Well);
        }
    }
}
