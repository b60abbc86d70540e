namespace Hub.Storage.Rounds;

/// <summary>
/// What every service does that works at intervals. It knows nothing of a hub that is paused: a service that must not work then is not started then. What
/// waits for a signal rather than for a time has a loop of its own.
/// </summary>
public static class RoundLoop
{
    /// <summary>Goes round until it is stopped, whatever becomes of a round: what could not be done is tried with the next.</summary>
    public static async Task RunAsync(RoundRules rules, Func<CancellationToken, Task> runOnceAsync, TimeProvider time, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(rules.Interval, time);
        var trouble = new RoundTrouble(rules, time);
        try
        {
            for (var isDue = rules.BeginsAtOnce; isDue || await timer.WaitForNextTickAsync(stopping); isDue = false)
            {
                try
                {
                    await runOnceAsync(stopping);
                    trouble.Over();
                }
                catch (Exception exception) when (!stopping.IsCancellationRequested)
                {
                    trouble.Seen(exception);
                }
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // It stops, and what it was doing was cut off.
        }
    }
}
