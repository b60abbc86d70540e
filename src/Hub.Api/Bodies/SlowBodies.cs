using System.IO.Pipelines;
using Microsoft.Extensions.Options;

namespace Hub.Api.Bodies;

/// <summary>
/// Cuts off bodies that come too slowly or take too long. One timer looks at all that are under way; a body that comes with its headers or in one piece is
/// never watched.
/// </summary>
internal sealed class SlowBodies : IDisposable
{
    private readonly LimitOptions _limits;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly HashSet<BodyPace> _watched = [];

    public SlowBodies(IOptions<LimitOptions> options, TimeProvider time)
    {
        (_limits, _time) = (options.Value, time);
        var step = _limits.BodyWindow / BodyPace.Steps;
        _timer = time.CreateTimer(_ => Look(), null, step, step);
    }

    /// <param name="body">Must not be read by others until the pace is disposed.</param>
    public BodyPace Watch(PipeReader body)
    {
        var pace = new BodyPace(this, body, _time.GetTimestamp());
        lock (_gate)
        {
            _watched.Add(pace);
        }

        return pace;
    }

    internal void Forget(BodyPace pace)
    {
        lock (_gate)
        {
            _watched.Remove(pace);
        }
    }

    internal void Look()
    {
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            // A copy: whoever is cut off may be forgotten within the call.
            foreach (var pace in (BodyPace[])[.. _watched])
            {
                if (_time.GetElapsedTime(pace.BegunAt, now) >= _limits.BodyTimeout || IsTooSlow(pace, now))
                {
                    pace.CutOff();
                }
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>By what came within the window, whatever came before it.</summary>
    private bool IsTooSlow(BodyPace pace, long now)
    {
        var received = pace.Received;
        var (at, before) = pace.Sample(now, received);
        var time = _time.GetElapsedTime(at, now);

        // The timer is never quite exact.
        return time >= _limits.BodyWindow * 0.9 && received - before < _limits.MinBodyRate * time.TotalSeconds;
    }
}
