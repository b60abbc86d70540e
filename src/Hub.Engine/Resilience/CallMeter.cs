namespace Hub.Engine.Resilience;

/// <summary>How many new calls a second there usually are: an average in which what is older counts less. Used under its owner's lock.</summary>
internal sealed class CallMeter(TimeProvider time)
{
    /// <summary>In seconds.</summary>
    private const double Memory = 30;

    private readonly long _since = time.GetTimestamp();
    private long _at = time.GetTimestamp();
    private double _weight;

    public double Rate
    {
        get
        {
            Fade();

            // A meter that is young has seen less than it remembers.
            var age = Math.Max(1, time.GetElapsedTime(_since).TotalSeconds);
            return _weight / (Memory * (1 - Math.Exp(-age / Memory)));
        }
    }

    public void Count()
    {
        Fade();
        _weight++;
    }

    private void Fade()
    {
        var now = time.GetTimestamp();
        _weight *= Math.Exp(-time.GetElapsedTime(_at, now).TotalSeconds / Memory);
        _at = now;
    }
}
