using System.Collections.Frozen;
using Hub.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Engine.Intake;

/// <summary>Every Source by its token, with its secrets in the clear, in memory: an unknown token costs no query.</summary>
public sealed class SourceDirectory(HubDatabase database, SourceOpener opener, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    /// <summary>How long requests wait for one reading of the Sources, counted from its begin.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long a reading may take; requests that come later may profit from it.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(10);

    /// <summary>How long a failure is answered as the same failure, without asking the database again.</summary>
    private static readonly TimeSpan FailureMemory = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private volatile Snapshot? _snapshot;
    private Reading? _reading;
    private int _generation;

    /// <summary>The Source of a token; null when there is none.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async ValueTask<ReceivingSource?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (snapshot is null || !IsFresh(snapshot))
        {
            snapshot = await ReadAsync(cancellationToken);
        }

        return snapshot.ByToken.GetValueOrDefault(token);
    }

    /// <summary>All Sources that can receive.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async ValueTask<IReadOnlyList<ReceivingSource>> ListAsync(CancellationToken cancellationToken) =>
        (_snapshot is { } snapshot && IsFresh(snapshot) ? snapshot : await ReadAsync(cancellationToken)).ByToken.Values;

    /// <summary>A Source by its id; null when there is none that can receive.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async ValueTask<ReceivingSource?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(source => source.Id == id);

    /// <summary>A Source that was not found because it cannot receive, by its token; null when there is none.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public ValueTask<ClosedSource?> FindClosedAsync(string token, CancellationToken cancellationToken) => FindClosedAsync(source => source.Token == token, cancellationToken);

    /// <inheritdoc cref="FindClosedAsync(string, CancellationToken)"/>
    public ValueTask<ClosedSource?> FindClosedAsync(Guid id, CancellationToken cancellationToken) => FindClosedAsync(source => source.Id == id, cancellationToken);

    /// <summary>What was cached is no longer true.</summary>
    public void Invalidate()
    {
        lock (_gate)
        {
            _generation++;
            _snapshot = null;
        }
    }

    private async ValueTask<ClosedSource?> FindClosedAsync(Func<ClosedSource, bool> isMeant, CancellationToken cancellationToken) =>
        (_snapshot is { } snapshot && IsFresh(snapshot) ? snapshot : await ReadAsync(cancellationToken)).Closed.FirstOrDefault(isMeant);

    private bool IsFresh(Snapshot snapshot) => time.GetElapsedTime(snapshot.LoadedAt) < Freshness;

    /// <summary>All requests wait for one reading. One that began before a change does not count.</summary>
    private Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        Reading reading;
        lock (_gate)
        {
            if (_snapshot is { } loaded && IsFresh(loaded))
            {
                return Task.FromResult(loaded);
            }

            if (_reading is null || _reading.Generation != _generation || !IsUsable(_reading))
            {
                var begun = new Reading(_generation, time.GetTimestamp());
                begun.Task = Task.Run(() => LoadAsync(begun), CancellationToken.None);
                _reading = begun;
            }

            reading = _reading;
        }

        var left = Patience - time.GetElapsedTime(reading.StartedAt);
        return reading.Task.IsCompleted || left > TimeSpan.Zero
            ? reading.Task.WaitAsync(left > TimeSpan.Zero ? left : Timeout.InfiniteTimeSpan, time, cancellationToken)
            : Task.FromException<Snapshot>(new TimeoutException("The Sources could not be read in time."));
    }

    private bool IsUsable(Reading reading) => !reading.Task.IsCompleted || (reading.FailedAt is { } failedAt && time.GetElapsedTime(failedAt) < FailureMemory);

    private async Task<Snapshot> LoadAsync(Reading reading)
    {
        using var deadline = new CancellationTokenSource(LongestReading, time);
        try
        {
            await using var context = database.CreateContext();
            var sources = await context.Sources.ToListAsync(deadline.Token);
            var secrets = await context.SourceSecrets.ToListAsync(deadline.Token);
            var opened = opener.Open(sources, secrets.ToLookup(secret => secret.SourceId));
            var snapshot = new Snapshot(opened.Receiving.ToFrozenDictionary(source => source.Token, StringComparer.Ordinal), opened.Closed, reading.StartedAt);
            lock (_gate)
            {
                // A change that came meanwhile makes this snapshot good for those only who asked before it.
                if (reading.Generation == _generation)
                {
                    _snapshot = snapshot;
                }
            }

            return snapshot;
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            reading.FailedAt = time.GetTimestamp();
            throw new TimeoutException("The Sources could not be read in time.", late);
        }
        catch
        {
            reading.FailedAt = time.GetTimestamp();
            throw;
        }
    }

    private sealed record Snapshot(FrozenDictionary<string, ReceivingSource> ByToken, IReadOnlyList<ClosedSource> Closed, long LoadedAt);

    private sealed class Reading(int generation, long startedAt)
    {
        public int Generation { get; } = generation;

        public long StartedAt { get; } = startedAt;

        public Task<Snapshot> Task { get; set; } = null!;

        /// <summary>Set before the task fails.</summary>
        public long? FailedAt { get; set; }
    }
}
