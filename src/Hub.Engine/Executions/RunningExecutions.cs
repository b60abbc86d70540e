using System.Collections.Concurrent;

namespace Hub.Engine.Executions;

/// <summary>
/// What this node holds right now, so that it can be cancelled, and so that leases nobody works on are noticed. Holds are told apart by their
/// claim: an execution that was cancelled or lost can be claimed here again while its earlier run still comes to its end.
/// </summary>
public sealed class RunningExecutions : IDisposable
{
    private readonly ConcurrentDictionary<Guid, Held> _held = new();
    private readonly CancellationTokenSource _abandonAll = new();

    /// <summary>
    /// The execution is leased to this node under this claim. The token is cancelled when a person cancels it, when a later claim takes its place,
    /// or when all are abandoned.
    /// </summary>
    public CancellationToken Hold(Guid execution, int claim)
    {
        var held = _held.GetOrAdd(execution, static (_, made) => new Held(made.claim, made._abandonAll.Token), (claim, _abandonAll));
        while (held.Claim < claim)
        {
            var later = new Held(claim, _abandonAll.Token);
            if (_held.TryUpdate(execution, later, held))
            {
                held.Cancel();
                held.Dispose();
                return later.Token;
            }

            later.Dispose();
            held = _held.GetOrAdd(execution, static (_, made) => new Held(made.claim, made._abandonAll.Token), (claim, _abandonAll));
        }

        return held.Claim == claim ? held.Token : new CancellationToken(canceled: true);
    }

    public bool Contains(Guid execution) => _held.ContainsKey(execution);

    public void Drop(Guid execution, int claim)
    {
        if (_held.TryGetValue(execution, out var held) && held.Claim == claim && _held.TryRemove(KeyValuePair.Create(execution, held)))
        {
            held.Dispose();
        }
    }

    /// <summary>Stops work on it under any claim below this one; what it is doing now is abandoned, with an unknown outcome.</summary>
    public void Cancel(Guid execution, int below)
    {
        if (_held.TryGetValue(execution, out var held) && held.Claim < below)
        {
            held.Cancel();
        }
    }

    /// <summary>Cancels everything that is still held after this time.</summary>
    public void AbandonAllAfter(TimeSpan time) => _abandonAll.CancelAfter(time);

    public void Dispose() => _abandonAll.Dispose();

    private sealed class Held : IDisposable
    {
        private readonly CancellationTokenSource _source;

        public Held(int claim, CancellationToken abandonAll)
        {
            Claim = claim;
            _source = CancellationTokenSource.CreateLinkedTokenSource(abandonAll);
            Token = _source.Token;
        }

        public int Claim { get; }

        public CancellationToken Token { get; }

        public void Cancel()
        {
            try
            {
                _source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended in this very moment.
            }
        }

        public void Dispose() => _source.Dispose();
    }
}
