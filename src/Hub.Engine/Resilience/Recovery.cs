namespace Hub.Engine.Resilience;

/// <summary>
/// The pace at which a destination that was failing is called: one call after the other at even distances, which become shorter as the pace grows. Used
/// under its owner's lock.
/// </summary>
/// <param name="ramp">How long it takes to reach the full pace.</param>
internal sealed class Recovery(TimeSpan ramp, TimeProvider time)
{
    /// <summary>How far ahead a call may take its turn; what comes later is parked.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(250);

    /// <summary>Calls a second in the beginning.</summary>
    private const double Slowest = 1;

    private readonly long _since = time.GetTimestamp();
    private double _rate = Slowest;
    private TimeSpan _rateAt;
    private TimeSpan _next;

    /// <summary>Takes the next turn: how long until then; null when that is too far ahead.</summary>
    /// <param name="fullPace">In calls a second.</param>
    public TimeSpan? TakeTurn(double fullPace)
    {
        Grow(fullPace);
        var now = time.GetElapsedTime(_since);
        var turn = _next > now ? _next : now;
        if (turn - now > Ahead)
        {
            return null;
        }

        _next = turn + TimeSpan.FromSeconds(1 / _rate);
        return turn - now;
    }

    /// <summary>Turns that can be taken now, and when there will be one if there is none.</summary>
    public (int Now, TimeSpan NextIn) TurnsAhead(double fullPace)
    {
        Grow(fullPace);
        var backlog = _next - time.GetElapsedTime(_since);
        if (backlog > Ahead)
        {
            return (0, backlog - Ahead);
        }

        var free = Ahead - (backlog > TimeSpan.Zero ? backlog : TimeSpan.Zero);
        return (1 + (int)(free.TotalSeconds * _rate), Timeout.InfiniteTimeSpan);
    }

    public bool IsAtFullPace(double fullPace)
    {
        Grow(fullPace);
        return _rate >= fullPace;
    }

    /// <summary>A call failed: half the pace, to grow anew from there.</summary>
    public void Slow() => _rate = Math.Max(Slowest, _rate / 2);

    private void Grow(double fullPace)
    {
        var now = time.GetElapsedTime(_since);
        _rate = Math.Max(Slowest, Math.Min(fullPace, _rate + (fullPace * ((now - _rateAt) / ramp))));
        _rateAt = now;
    }
}
