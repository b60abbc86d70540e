namespace Hub.Storage.Quarantine;

/// <summary>
/// How many bytes of refused requests may be kept now: so many a second for each Source and for all, on top of what was saved up while few came.
/// Without it a flood of them would take disk faster than what it pushes out can be used again.
/// </summary>
internal sealed class QuarantineBudget(QuarantineOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Account> _sources = [];
    private Account _all = new(options.TotalBurst, time.GetTimestamp());

    /// <summary>Takes from the Source's account and from that of all; false when either is used up. One request may overdraw them.</summary>
    public bool TryTake(Guid source, int bytes)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var own = _sources.TryGetValue(source, out var known) ? Filled(known, now, options.BytesPerSecond, options.Burst) : new Account(options.Burst, now);
            _all = Filled(_all, now, options.TotalBytesPerSecond, options.TotalBurst);
            var isGranted = own.Bytes > 0 && _all.Bytes > 0;
            _sources[source] = isGranted ? own with { Bytes = own.Bytes - bytes } : own;
            _all = isGranted ? _all with { Bytes = _all.Bytes - bytes } : _all;
            return isGranted;
        }
    }

    private Account Filled(Account account, long now, long bytesPerSecond, double most) =>
        new(Math.Min(most, account.Bytes + (time.GetElapsedTime(account.At, now).TotalSeconds * bytesPerSecond)), now);

    private readonly record struct Account(double Bytes, long At);
}
