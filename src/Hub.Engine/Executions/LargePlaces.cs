using Hub.Engine.Parking;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Executions;

/// <summary>
/// Places for executions with a large body or large outputs, as each holds them several times over in memory. Nobody waits for one in memory: who finds
/// none is parked.
/// </summary>
public sealed class LargePlaces
{
    private readonly Lock _gate = new();
    private readonly ParkedWork _parked;
    private readonly Bound _all;
    private readonly int _share;
    private readonly Dictionary<Guid, Bound> _workflows = [];

    public LargePlaces(ParkedWork parked, IOptions<EngineOptions> options)
    {
        var most = options.Value.MaxLarge;
        (_parked, _all, _share) = (parked, new Bound("large", most), Math.Max(1, most * 3 / 4));
    }

    /// <summary>Takes a place. One workflow has at most three quarters of them.</summary>
    /// <returns>Null when taken; else what there is none of.</returns>
    internal Bound? TryTake(Guid workflow)
    {
        lock (_gate)
        {
            if (!_workflows.TryGetValue(workflow, out var own))
            {
                _workflows[workflow] = own = new Bound($"large|{workflow}", _share, _all);
            }

            if (own.IsFull || _all.IsFull)
            {
                return own.IsFull ? own : _all;
            }

            own.Take();
            _all.Take();
            return null;
        }
    }

    public void Release(Guid workflow)
    {
        Bound own;
        lock (_gate)
        {
            own = _workflows[workflow];
            own.Release();
            _all.Release();
            if (own.Held == 0 && !own.HasParked)
            {
                _workflows.Remove(workflow);
            }
        }

        _parked.Changed(own);
        _parked.Changed(_all);
    }
}
