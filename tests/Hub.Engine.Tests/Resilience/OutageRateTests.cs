using Hub.Engine.Resilience;
using Hub.Routing.Workflows;

namespace Hub.Engine.Tests.Resilience;

/// <summary>What reaches a destination second by second while it fails and after it heals, with 40 new executions a second, on a clock of our own.</summary>
public sealed class OutageRateTests
{
    private const int Usual = 40;
    private const int Most = Usual * 3 / 2;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);
    private static readonly RetryPolicy Policy = RetryPolicy.Default;

    private readonly ManualTime _time = new();
    private readonly Random _random = new(7);
    private readonly DestinationBreaker _breaker;
    private readonly RetryBackoff _backoff;
    private readonly BreakerOptions _options = new();
    private readonly Queue<int> _parked = [];
    private readonly PriorityQueue<int, DateTimeOffset> _due = new();
    private readonly List<int> _perSecond = [];
    private int _completed;
    private int _given;

    public OutageRateTests()
    {
        var waits = new ScatteredWait(_random.NextDouble, TimeSpan.FromHours(1));
        (_breaker, _backoff) = (new DestinationBreaker(_options, waits, _time), new RetryBackoff(_random.NextDouble, waits));
    }

    [Fact]
    public void Outage_OfAMinute_IsNeverCalledAboveOneAndAHalfTimesTheUsualRateAndLosesNothing()
    {
        Run(seconds: 20, isWell: true);
        Assert.All(_perSecond.Skip(1), calls => Assert.Equal(Usual, calls));

        Run(seconds: 60, isWell: false);
        Assert.All(_perSecond, calls => Assert.InRange(calls, 0, Most));
        Assert.All(_perSecond.Skip(22), calls => Assert.InRange(calls, 0, 1));

        var healedAt = _perSecond.Count;
        Run(seconds: 260, isWell: true);
        var after = _perSecond[healedAt..];
        Assert.All(after, calls => Assert.InRange(calls, 0, Most));

        // Probes and a ramp: it takes the recovery's ten seconds until the usual rate is there again.
        var first = after.FindIndex(calls => calls > 0);
        Assert.All(after.Skip(first).Take(5), calls => Assert.True(calls < Usual, $"{calls} in one of the first seconds"));
        Assert.Contains(after, calls => calls > Usual);
        Assert.All(after[^5..], calls => Assert.InRange(calls, Usual - 1, Usual + 1));
        Assert.Empty(_parked);
        Assert.Equal(0, _given);
        Assert.InRange(_completed, _perSecond.Count * Usual - Usual, _perSecond.Count * Usual);
    }

    private void Run(int seconds, bool isWell)
    {
        for (var second = 0; second < seconds; second++)
        {
            _perSecond.Add(0);
            for (var tick = TimeSpan.Zero; tick < TimeSpan.FromSeconds(1); tick += Tick)
            {
                Try(0, isNew: true, isWell);
                while (_due.TryPeek(out var failed, out var at) && at <= _time.GetUtcNow())
                {
                    _due.Dequeue();
                    Try(failed, isNew: false, isWell);
                }

                for (var room = _breaker.Room().Now; room > 0 && _parked.Count > 0; room--)
                {
                    Try(_parked.Dequeue(), isNew: false, isWell);
                }

                _time.Advance(Tick);
            }
        }
    }

    /// <summary>One execution comes to its call. A turn that lies ahead is taken at once here: it is less than a second away.</summary>
    private void Try(int failed, bool isNew, bool isWell)
    {
        var permission = _breaker.Ask(isNew, _parked.Count > 0);
        if (permission.In is null)
        {
            _parked.Enqueue(failed);
            return;
        }

        _perSecond[^1]++;
        _breaker.Ended(permission.Term, isWell ? CallHealth.Well : CallHealth.Unwell, null);
        if (isWell)
        {
            _completed++;
        }
        else if (++failed < Policy.Attempts)
        {
            _due.Enqueue(failed, _time.GetUtcNow() + _backoff.WaitBefore(Policy, failed, null));
        }
        else
        {
            _given++;
        }
    }
}
