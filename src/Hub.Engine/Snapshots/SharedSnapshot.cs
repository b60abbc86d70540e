namespace Hub.Engine.Snapshots;

/// <summary>
/// Something that is read from the database as a whole and used until it is changed, or no longer fresh. Whoever asks while it is being read waits for that one
/// reading, which is nobody's own: a request that gives up leaves nothing behind.
/// </summary>
/// <param name="what">For messages, such as <c>Sources</c>.</param>
/// <param name="read">Reads it.</param>
/// <param name="patience">How long to wait for one reading, counted from its begin.</param>
/// <param name="cache">How long it is fresh, and how long a reading may take: those who ask later may profit from it.</param>
internal sealed class SharedSnapshot<T>(string what, Func<CancellationToken, Task<T>> read, TimeSpan patience, CacheOptions cache, TimeProvider time)
    where T : class
{
    /// <summary>How long a failure is answered as the same failure, without asking the database again.</summary>
    private static readonly TimeSpan FailureMemory = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private volatile Loaded? _loaded;
    private Reading? _reading;
    private int _generation;

    /// <summary>As it is now; as of a while ago when a notice of a change was lost.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken) =>
        _loaded is { } loaded && IsFresh(loaded) ? new(loaded.Value) : new(ReadAsync(cancellationToken));

    /// <summary>What was read is no longer true.</summary>
    public void Invalidate()
    {
        lock (_gate)
        {
            _generation++;
            _loaded = null;
        }
    }

    private bool IsFresh(Loaded loaded) => time.GetElapsedTime(loaded.StartedAt) < cache.Freshness;

    /// <summary>All wait for one reading. One that began before a change does not count.</summary>
    private Task<T> ReadAsync(CancellationToken cancellationToken)
    {
        Reading reading;
        lock (_gate)
        {
            if (_loaded is { } loaded && IsFresh(loaded))
            {
                return Task.FromResult(loaded.Value);
            }

            if (_reading is null || _reading.Generation != _generation || !IsUsable(_reading))
            {
                var begun = new Reading(_generation, time.GetTimestamp());
                begun.Task = Task.Run(() => LoadAsync(begun), CancellationToken.None);
                _reading = begun;
            }

            reading = _reading;
        }

        var left = patience - time.GetElapsedTime(reading.StartedAt);
        return reading.Task.IsCompleted || left > TimeSpan.Zero
            ? reading.Task.WaitAsync(left > TimeSpan.Zero ? left : Timeout.InfiniteTimeSpan, time, cancellationToken)
            : Task.FromException<T>(Late(null));
    }

    private bool IsUsable(Reading reading) => !reading.Task.IsCompleted || (reading.FailedAt is { } failedAt && time.GetElapsedTime(failedAt) < FailureMemory);

    private async Task<T> LoadAsync(Reading reading)
    {
        using var deadline = new CancellationTokenSource(cache.ReadTimeout, time);
        try
        {
            var value = await read(deadline.Token);
            lock (_gate)
            {
                // A change that came meanwhile makes it good for those only who asked before it.
                if (reading.Generation == _generation)
                {
                    _loaded = new Loaded(value, reading.StartedAt);
                }
            }

            return value;
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            reading.FailedAt = time.GetTimestamp();
            throw Late(late);
        }
        catch
        {
            reading.FailedAt = time.GetTimestamp();
            throw;
        }
    }

    private TimeoutException Late(Exception? cause) => new($"The {what} could not be read in time.", cause);

    private sealed record Loaded(T Value, long StartedAt);

    private sealed class Reading(int generation, long startedAt)
    {
        public int Generation { get; } = generation;

        public long StartedAt { get; } = startedAt;

        public Task<T> Task { get; set; } = null!;

        /// <summary>Set before the task fails.</summary>
        public long? FailedAt { get; set; }
    }
}
