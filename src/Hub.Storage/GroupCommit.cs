using System.Threading.Channels;

namespace Hub.Storage;

/// <summary>
/// Commits what many callers submit in one statement and one flush: while a commit is under way the next batch gathers.
/// Each caller waits for the commit that holds its own item.
/// </summary>
internal sealed class GroupCommit<TItem, TResult> : IAsyncDisposable
{
    private readonly Channel<Pending> _pending;
    private readonly Func<int, List<Pending>, CancellationToken, Task> _commit;
    private readonly int _maxItems;
    private readonly long _maxBytes;
    private readonly long _maxWaitingBytes;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _writers;
    private readonly long[] _underWaySince;
    private readonly TimeProvider _time;
    private long _waitingBytes;

    /// <param name="commit">Makes the batch durable and completes every <see cref="Pending"/> in it; it is told which writer it is, from 0.</param>
    /// <param name="writers">Commits under way at once.</param>
    /// <param name="maxItems">Items in one commit.</param>
    /// <param name="maxBytes">Bytes in one commit; a single larger item goes alone.</param>
    /// <param name="maxWaiting">Items waiting; one more is refused.</param>
    /// <param name="maxWaitingBytes">Bytes waiting or under way; one more item is refused.</param>
    public GroupCommit(
        Func<int, List<Pending>, CancellationToken, Task> commit,
        int writers,
        int maxItems,
        long maxBytes,
        int maxWaiting,
        long maxWaitingBytes,
        TimeProvider? time = null
    )
    {
        _time = time ?? TimeProvider.System;
        _underWaySince = new long[writers];
        _commit = commit;
        _maxItems = maxItems;
        _maxBytes = maxBytes;
        _maxWaitingBytes = maxWaitingBytes;
        _pending = Channel.CreateBounded<Pending>(new BoundedChannelOptions(maxWaiting) { SingleReader = writers == 1 });
        _writers = [.. Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(writer)))];
    }

    /// <summary>Since when the oldest item waits, a timestamp; null when none does.</summary>
    public long? OldestSince
    {
        get
        {
            var oldest = _pending.Reader.TryPeek(out var first) ? first.SubmittedAt : long.MaxValue;
            for (var writer = 0; writer < _underWaySince.Length; writer++)
            {
                oldest = Volatile.Read(ref _underWaySince[writer]) is not 0 and var since ? Math.Min(oldest, since) : oldest;
            }

            return oldest == long.MaxValue ? null : oldest;
        }
    }

    /// <summary>Hands out what to wait for; null when there is no room to wait in.</summary>
    public Pending? TrySubmit(TItem item, long bytes)
    {
        var pending = new Pending(item, bytes, _time.GetTimestamp());
        if (Interlocked.Add(ref _waitingBytes, bytes) <= _maxWaitingBytes && _pending.Writer.TryWrite(pending))
        {
            return pending;
        }

        Interlocked.Add(ref _waitingBytes, -bytes);
        return null;
    }

    /// <summary>
    /// Takes back an item that no commit has begun with: it is never written, and its caller gets this result. False when it is too late for that.
    /// </summary>
    public bool TryWithdraw(Pending pending, TResult result)
    {
        if (!pending.TryLeave())
        {
            return false;
        }

        Interlocked.Add(ref _waitingBytes, -pending.Bytes);
        pending.Complete(result);
        return true;
    }

    /// <summary>Waits for room, then for the commit.</summary>
    public async Task<TResult> SubmitAsync(TItem item, long bytes, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _waitingBytes, bytes);
        var pending = new Pending(item, bytes, _time.GetTimestamp());
        try
        {
            await _pending.Writer.WriteAsync(pending, cancellationToken);
        }
        catch
        {
            Interlocked.Add(ref _waitingBytes, -bytes);
            throw;
        }

        return await pending.Task;
    }

    /// <summary>Commits what is waiting, then stops.</summary>
    public async Task DrainAsync(TimeSpan timeout)
    {
        _pending.Writer.TryComplete();
        _stop.CancelAfter(timeout);
        await Task.WhenAll(_writers);
    }

    public async ValueTask DisposeAsync()
    {
        await DrainAsync(TimeSpan.FromSeconds(5));
        _stop.Dispose();
    }

    private async Task WriteAsync(int writer)
    {
        var batch = new List<Pending>();
        while (await _pending.Reader.WaitToReadAsync())
        {
            long bytes = 0;
            while (batch.Count < _maxItems && (bytes < _maxBytes || batch.Count == 0) && _pending.Reader.TryRead(out var next))
            {
                if (next.TryBegin())
                {
                    batch.Add(next);
                    bytes += next.Bytes;
                }
            }

            if (batch.Count == 0)
            {
                continue;
            }

            Volatile.Write(ref _underWaySince[writer], batch[0].SubmittedAt);
            try
            {
                await _commit(writer, batch, _stop.Token);
            }
#pragma warning disable CA1031 // Every caller in the batch hears of it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                foreach (var pending in batch)
                {
                    pending.Fail(exception);
                }
            }

            Volatile.Write(ref _underWaySince[writer], 0);
            Interlocked.Add(ref _waitingBytes, -bytes);
            batch.Clear();
        }
    }

    internal sealed class Pending(TItem item, long bytes, long submittedAt) : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private const int Waiting = 0;
        private const int Begun = 1;
        private const int Withdrawn = 2;

        private TItem? _item = item;
        private int _state;
        private Action<TResult>? _late;

        /// <summary>Of one that was not withdrawn.</summary>
        public TItem Item => _item!;

        public long Bytes { get; } = bytes;

        public long SubmittedAt { get; } = submittedAt;

        /// <summary>A commit takes it; false when it was withdrawn.</summary>
        internal bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

        /// <summary>False when a commit has taken it. What it held is let go of: its place in the queue stays until its turn comes.</summary>
        internal bool TryLeave()
        {
            if (Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) != Waiting)
            {
                return false;
            }

            _item = default;
            return true;
        }

        /// <summary>Its commit is over.</summary>
        internal void Complete(TResult result)
        {
            if (!TrySetResult(result))
            {
                _late?.Invoke(result);
            }
        }

        /// <summary>Its commit threw. Who no longer waits hears of it as of the default result.</summary>
        internal void Fail(Exception exception)
        {
            if (!TrySetException(exception))
            {
                _late?.Invoke(default!);
            }
        }

        /// <summary>
        /// The caller waits no longer for the commit, and gets this result; the commit's own is given to <paramref name="late"/>. False when it is over.
        /// </summary>
        internal bool TryLeaveBehind(TResult result, Action<TResult> late)
        {
            _late = late;
            return TrySetResult(result);
        }
    }
}
