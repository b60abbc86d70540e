namespace Hub.Engine.Executions;

/// <summary>Wakes the claim loop: at once, or no later than a moment that was promised.</summary>
public sealed class WakeSignal(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);
    private long _lookAt = long.MaxValue;

    /// <summary>Something may be due now.</summary>
    public void Now()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already signalled.
        }
    }

    /// <summary>Something will be due after this time; wakes the loop only if it would sleep past it.</summary>
    public void NotLaterThan(TimeSpan due)
    {
        if (time.GetUtcNow().UtcTicks + due.Ticks < Volatile.Read(ref _lookAt))
        {
            Now();
        }
    }

    /// <summary>Returns when signalled, or after the time.</summary>
    public async Task WaitAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _lookAt, time.GetUtcNow().UtcTicks + most.Ticks);
        await _signal.WaitAsync(most < TimeSpan.Zero ? TimeSpan.Zero : most, cancellationToken);

        // Until it sleeps again every promise counts: it may have looked before the promise was recorded.
        Volatile.Write(ref _lookAt, long.MaxValue);
    }

    public void Dispose() => _signal.Dispose();
}
