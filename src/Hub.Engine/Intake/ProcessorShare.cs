namespace Hub.Engine.Intake;

/// <summary>
/// Lets work be done that takes, on average, no more than a share of one processor core. It keeps only the time at which what was spent is paid off, and is
/// closed while that lies too far ahead. One piece of work at a time.
/// </summary>
/// <param name="share">Of one core, such as 0.05.</param>
/// <param name="burst">Processor time that may be spent at once.</param>
public sealed class ProcessorShare(double share, TimeSpan burst, TimeProvider time)
{
    private readonly long _farthest = (long)(burst.TotalSeconds / share * time.TimestampFrequency);
    private long _paidAt = time.GetTimestamp();
    private int _isBusy;

    /// <summary>Begins a piece of work, which ends when the answer is disposed; null when it is not its turn.</summary>
    public IDisposable? TryBegin()
    {
        if (Interlocked.Exchange(ref _isBusy, 1) == 1)
        {
            return null;
        }

        if (_paidAt - time.GetTimestamp() < _farthest)
        {
            return new Work(this, time.GetTimestamp());
        }

        Volatile.Write(ref _isBusy, 0);
        return null;
    }

    private void End(long begunAt)
    {
        var now = time.GetTimestamp();
        _paidAt = Math.Max(_paidAt, begunAt) + (long)((now - begunAt) / share);
        Volatile.Write(ref _isBusy, 0);
    }

    private sealed class Work(ProcessorShare owner, long begunAt) : IDisposable
    {
        public void Dispose() => owner.End(begunAt);
    }
}
