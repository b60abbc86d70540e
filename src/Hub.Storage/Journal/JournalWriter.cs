using Hub.Storage.Health;
using Hub.Storage.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Journal;

/// <summary>Records what executions did, many to a commit.</summary>
public sealed partial class JournalWriter : IAsyncDisposable
{
    /// <summary>In characters: more would be refused by the server, and hold up everyone else meanwhile.</summary>
    private const long LargestEntry = 128L << 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly HubDatabase _database;
    private readonly HubNode _node;
    private readonly TimeProvider _time;
    private readonly ILogger<JournalWriter> _logger;
    private readonly CommitRecord _record;
    private readonly GroupCommit<JournalEntry, bool> _commits;

    public JournalWriter(HubDatabase database, HubNode node, IOptions<JournalOptions> options, TimeProvider time, ILogger<JournalWriter> logger)
    {
        (_database, _node, _time, _record, _logger) = (database, node, time, new CommitRecord(time), logger);
        _commits = new(
            (_, batch, cancellationToken) => CommitAsync(batch, cancellationToken),
            options.Value.Writers,
            options.Value.MaxBatch,
            16 << 20,
            8192,
            long.MaxValue,
            time
        );
    }

    /// <summary>
    /// Answers after the commit is flushed: true when recorded, false when the lease is no longer ours and nothing was written.
    /// While the database is away it waits and tries again: what was called must not be forgotten.
    /// </summary>
    public Task<bool> WriteAsync(JournalEntry entry, CancellationToken cancellationToken) =>
        SizeOf(entry) is var size && size <= LargestEntry
            ? _commits.SubmitAsync(entry, size, cancellationToken)
            : Task.FromException<bool>(
                new ArgumentException($"What the execution recorded at once has {size} characters; {LargestEntry} is the most.", nameof(entry))
            );

    /// <summary>How its commits go.</summary>
    public CommitState State => _record.Read(_commits.OldestSince);

    public Task DrainAsync(TimeSpan timeout) => _commits.DrainAsync(timeout);

    public ValueTask DisposeAsync() => _commits.DisposeAsync();

    private static long SizeOf(JournalEntry entry)
    {
        long characters = entry.DeadLetter is { } letter ? letter.Context.Length + letter.ErrorHistory.Length : 0;
        foreach (var step in entry.Steps)
        {
            characters += (step.Input?.Length ?? 0) + (step.Output?.Length ?? 0) + (step.Errors?.Length ?? 0);
        }

        return characters;
    }

    private async Task CommitAsync(List<GroupCommit<JournalEntry, bool>.Pending> batch, CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var held = await RecordAsync(batch, cancellationToken);
                _record.Succeeded();
                foreach (var pending in batch)
                {
                    pending.TrySetResult(held.Contains(pending.Item.ExecutionId));
                }

                return;
            }
            catch (Exception exception) when (DatabaseExceptions.IsOfTheEntry(exception))
            {
                if (batch.Count == 1)
                {
                    _record.Refused(exception);
                    throw;
                }

                // A value the server refuses must not take its neighbours with it.
                foreach (var pending in batch)
                {
                    await CommitAloneAsync(pending, cancellationToken);
                }

                return;
            }
            catch (Exception exception) when (exception is NpgsqlException || DatabaseExceptions.IsAway(exception))
            {
                _record.Failed(exception);

                // Also when the server calls the statement wrong: what was called is kept until somebody mends the schema.
                // A commit whose answer was lost may be repeated: steps are upserts, and a finished execution is no longer held.
                if (DatabaseExceptions.IsAway(exception))
                {
                    Log.Retried(_logger, batch.Count, exception.Message);
                }
                else
                {
                    Log.Refused(_logger, exception, batch.Count);
                }

                await Task.Delay(pause, _time, cancellationToken);
            }
        }
    }

    private async Task CommitAloneAsync(GroupCommit<JournalEntry, bool>.Pending pending, CancellationToken cancellationToken)
    {
        try
        {
            await CommitAsync([pending], cancellationToken);
        }
        catch (Exception exception) when (DatabaseExceptions.IsOfTheEntry(exception))
        {
            pending.TrySetException(exception);
        }
    }

    private async Task<HashSet<Guid>> RecordAsync(List<GroupCommit<JournalEntry, bool>.Pending> batch, CancellationToken cancellationToken)
    {
        await using var connection = await _database.CommitSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(JournalStatements.Record.Text, connection) { CommandTimeout = 30 };
        var entries = batch.Select(pending => pending.Item).ToArray();
        var steps = entries.SelectMany(entry => entry.Steps, (entry, step) => (Entry: entry, Step: step)).ToArray();
        JournalStatements.Entries.AddTo(command.Parameters, entries);
        JournalStatements.Steps.AddTo(command.Parameters, steps);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _node.Id });
        var held = new HashSet<Guid>(entries.Length);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            held.Add(reader.GetGuid(0));
        }

        return held;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} journal entries wait for the database: {Reason}")]
        public static partial void Retried(ILogger logger, int count, string reason);

        [LoggerMessage(2, LogLevel.Error, "{Count} journal entries wait, because the database does not take the statement that records them")]
        public static partial void Refused(ILogger logger, Exception exception, int count);
    }
}
