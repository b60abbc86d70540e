using Hub.Engine.Parking;

namespace Hub.Engine.Resilience;

/// <summary>
/// Keeps calls from a destination that fails. Closed: all go. Open: none goes for a while. Probing: one goes at a time. Recovering: they go at a pace that
/// grows, up to a multiple of the usual rate, until nothing is parked any more. Used under its owner's lock.
/// </summary>
internal sealed class DestinationBreaker(BreakerOptions options, ScatteredWait waits, TimeProvider time)
{
    /// <summary>While it recovers so many failures in a row suffice.</summary>
    private const int FailuresInRecovery = 3;

    private readonly CallMeter _usual = new(time);
    private readonly FailureWindow _window = new(options, time);
    private State _state;
    private int _failuresInRow;
    private double _usualAtOpening;
    private long _openedAt;
    private TimeSpan _pause;
    private int _probesWell;
    private bool _isProbeUnderWay;
    private Recovery? _recovery;

    private enum State
    {
        Closed,
        Open,
        Probing,
        Recovering,
    }

    /// <summary>Goes up whenever it opens.</summary>
    public int Term { get; private set; } = 1;

    /// <summary>Whether nothing would be forgotten with it.</summary>
    public bool IsIdle => _state == State.Closed && _failuresInRow == 0;

    public bool IsRecovering => _state == State.Recovering;

    /// <summary>How long nobody is called now.</summary>
    public TimeSpan OpenFor => _state == State.Open && _pause - time.GetElapsedTime(_openedAt) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Calls a second that it gets at most while it recovers.</summary>
    private double FullPace => Math.Max(options.RecoveryFloor, options.RecoveryFactor * Math.Max(_usualAtOpening, _usual.Rate));

    /// <param name="isNew">Whether nobody has asked for this call before: such calls are the usual rate.</param>
    /// <param name="hasParked">Whether others are parked on this destination.</param>
    public Permission Ask(bool isNew, bool hasParked)
    {
        if (isNew)
        {
            _usual.Count();
        }

        if (_state == State.Open && OpenFor == TimeSpan.Zero)
        {
            (_state, _probesWell, _isProbeUnderWay) = (State.Probing, 0, false);
        }

        switch (_state)
        {
            case State.Closed:
                return new(TimeSpan.Zero, Term);
            case State.Probing when !_isProbeUnderWay:
                _isProbeUnderWay = true;
                return new(TimeSpan.Zero, Term);
            case State.Recovering:
                var turn = _recovery!.TakeTurn(FullPace);
                if (turn == TimeSpan.Zero && !hasParked && _recovery.IsAtFullPace(FullPace))
                {
                    (_state, _recovery, _usualAtOpening) = (State.Closed, null, 0);
                }

                return new(turn, Term);
            default:
                return new(null, Term);
        }
    }

    /// <summary>How a call went that was made under this term, or <see cref="CallHealth.Unknown"/> when it was not.</summary>
    /// <returns>Whether it opened.</returns>
    public bool Ended(int term, CallHealth health, TimeSpan? retryAfter)
    {
        if (term != Term)
        {
            return false;
        }

        if (_state == State.Probing)
        {
            _isProbeUnderWay = false;
            return health == CallHealth.Unwell ? Open(retryAfter) : Probed(health);
        }

        if (health == CallHealth.Unknown)
        {
            return false;
        }

        _failuresInRow = health == CallHealth.Unwell ? _failuresInRow + 1 : 0;
        if (_state == State.Recovering)
        {
            if (health != CallHealth.Well)
            {
                _recovery!.Slow();
            }

            return _failuresInRow >= Math.Min(FailuresInRecovery, options.FailuresInRow) && Open(retryAfter);
        }

        _window.Add(health == CallHealth.Unwell);
        return health == CallHealth.Unwell && (_failuresInRow >= options.FailuresInRow || _window.IsFailing()) && Open(retryAfter);
    }

    /// <summary>How many parked calls may be made.</summary>
    public Room Room() =>
        _state switch
        {
            State.Closed => Parking.Room.Of(int.MaxValue),
            State.Open => OpenFor is var left && left > TimeSpan.Zero ? new(0, left) : Parking.Room.Of(1),
            State.Probing => Parking.Room.Of(_isProbeUnderWay ? 0 : 1),
            _ => _recovery!.TurnsAhead(FullPace) is var (now, next) ? new(now, next) : default,
        };

    private bool Probed(CallHealth health)
    {
        _probesWell += health == CallHealth.Unknown ? 0 : 1;
        if (_probesWell >= options.Probes)
        {
            (_state, _failuresInRow, _recovery) = (State.Recovering, 0, new Recovery(options.RampTime, time));
        }

        return false;
    }

    private bool Open(TimeSpan? retryAfter)
    {
        var asked = retryAfter is { } wait ? waits.RetryAfter(wait) : TimeSpan.Zero;
        var own = waits.AtLeast(options.Pause);
        _usualAtOpening = Math.Max(_usualAtOpening, _usual.Rate);
        (_state, _failuresInRow, _recovery, _openedAt, _pause) = (State.Open, 0, null, time.GetTimestamp(), asked > own ? asked : own);
        _window.Clear();
        Term++;
        return true;
    }
}
