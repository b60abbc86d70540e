namespace Hub.Storage.Health;

/// <summary>How the commits of one kind have gone lately. Written by several writers at once, read by whoever asks how the hub is.</summary>
internal sealed class CommitRecord(TimeProvider time)
{
    /// <summary>So many refused values in a row, without one success, are no longer about the values.</summary>
    internal const int RefusalsOfOneCause = 10;

    private long _succeededAt;
    private int _refusals;
    private volatile Failure? _failed;

    public void Succeeded()
    {
        Volatile.Write(ref _succeededAt, time.GetTimestamp());
        if (Volatile.Read(ref _refusals) != 0)
        {
            Volatile.Write(ref _refusals, 0);
        }
    }

    public void Failed(Exception exception) => _failed = new(time.GetTimestamp(), ExceptionText.Of(exception));

    /// <summary>The database refused one item's value, which says nothing of the next; unless it refuses every one.</summary>
    public void Refused(Exception exception)
    {
        if (Interlocked.Increment(ref _refusals) >= RefusalsOfOneCause)
        {
            Failed(exception);
        }
    }

    /// <param name="oldestSince">Since when the oldest item waits; null when none does.</param>
    public CommitState Read(long? oldestSince)
    {
        var (succeededAt, failed) = (Volatile.Read(ref _succeededAt), _failed);
        return new(
            succeededAt == 0 ? null : time.GetElapsedTime(succeededAt),
            failed is null ? null : time.GetElapsedTime(failed.At),
            failed?.Words,
            oldestSince is { } since ? time.GetElapsedTime(since) : null
        );
    }

    private sealed record Failure(long At, string Words);
}

/// <summary>How commits have gone, as of now.</summary>
/// <param name="SinceSuccess">How long ago the last one succeeded; null when none has.</param>
/// <param name="SinceFailure">How long ago the last one failed; null when none has.</param>
/// <param name="Failure">What that one failed of, in plain words.</param>
/// <param name="Waiting">How long the oldest item waits for its commit; null when none does.</param>
public readonly record struct CommitState(TimeSpan? SinceSuccess, TimeSpan? SinceFailure, string? Failure, TimeSpan? Waiting)
{
    /// <summary>Whether the last one failed.</summary>
    public bool IsFailing => SinceFailure is { } failed && !(SinceSuccess < failed);
}
