using Hub.Storage.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Inbox;

/// <summary>Keeps deliveries and gives birth to their executions, many requests to a commit.</summary>
public sealed partial class InboxWriter : IAsyncDisposable
{
    private static readonly string AcceptSql = SqlText.Load("Inbox/Sql/accept.sql");
    private static readonly string StartOnceSql = SqlText.Load("Inbox/Sql/start_once.sql");
    private static readonly string StartedSql = SqlText.Load("Inbox/Sql/started.sql");
    private static readonly string ReleaseSql = SqlText.Load("Quarantine/Sql/release.sql");

    private readonly HubDatabase _database;
    private readonly HubNode _node;
    private readonly ILogger<InboxWriter> _logger;
    private readonly GroupCommit<InboxEntry, InboxReceipt> _commits;

    public InboxWriter(HubDatabase database, HubNode node, IOptions<InboxOptions> options, ILogger<InboxWriter> logger)
    {
        (_database, _node, _logger) = (database, node, logger);
        var limits = options.Value;
        _commits = new(CommitAsync, limits.Writers, limits.MaxBatch, 8 << 20, limits.MaxWaiting, limits.MaxWaitingBytes);
    }

    /// <summary>Answers after the commit is flushed, or at once with <see cref="InboxVerdict.Unavailable"/> when the inbox is full.</summary>
    public async ValueTask<InboxReceipt> WriteAsync(InboxEntry entry)
    {
        var size = 1024L + (entry.Delivery?.Body.Length ?? 0) + entry.Executions.Sum(execution => execution.Input?.Length ?? 0);
        if (!_commits.TrySubmit(entry, size, out var commit))
        {
            return new InboxReceipt(InboxVerdict.Unavailable);
        }

        try
        {
            return await commit;
        }
        catch (Exception fault) when (fault is OperationCanceledException || DatabaseFaults.IsAway(fault) || DatabaseFaults.IsOfTheEntry(fault))
        {
            return new InboxReceipt(InboxVerdict.Unavailable);
        }
    }

    /// <summary>Commits what is waiting; entries after it are refused.</summary>
    public Task DrainAsync(TimeSpan timeout) => _commits.DrainAsync(timeout);

    public ValueTask DisposeAsync() => _commits.DisposeAsync();

    private async Task CommitAsync(int writer, List<GroupCommit<InboxEntry, InboxReceipt>.Pending> batch, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _database.DataSource.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlBatch(connection) { Timeout = 15 };
            AddRelease(command, batch);
            var accept = new NpgsqlBatchCommand(AcceptSql);
            AddParameters(accept.Parameters, writer, batch);
            command.BatchCommands.Add(accept);
            var wishes = AddWishes(command, batch);
            var repeated = new Dictionary<Guid, InboxReceipt>();
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    repeated[reader.GetGuid(0)] = new InboxReceipt(InboxVerdict.Duplicate, FirstDelivery: reader.GetGuid(1));
                }

                while (wishes && await reader.NextResultAsync(cancellationToken))
                {
                    while (await reader.ReadAsync(cancellationToken))
                    {
                        repeated[reader.GetGuid(0)] = new InboxReceipt(InboxVerdict.Duplicate, FirstExecution: reader.GetGuid(1), IsSameInput: reader.GetBoolean(2));
                    }
                }
            }

            foreach (var pending in batch)
            {
                // A wish has no delivery, and is known by its one execution.
                var (delivery, executions) = (pending.Item.Delivery, pending.Item.Executions);
                pending.TrySetResult(repeated.GetValueOrDefault(delivery?.Id ?? executions[0].Id, new InboxReceipt(InboxVerdict.Kept)));
            }
        }
        catch (Exception fault) when (batch.Count > 1 && DatabaseFaults.IsOfTheEntry(fault))
        {
            // A value the server refuses must not take its neighbours with it.
            foreach (var pending in batch)
            {
                await CommitAloneAsync(writer, pending, cancellationToken);
            }
        }
        catch (NpgsqlException fault)
        {
            Log.NotKept(_logger, batch.Count, fault.Message);
            throw;
        }
    }

    private async Task CommitAloneAsync(int writer, GroupCommit<InboxEntry, InboxReceipt>.Pending pending, CancellationToken cancellationToken)
    {
        try
        {
            await CommitAsync(writer, [pending], cancellationToken);
        }
        catch (Exception fault) when (fault is NpgsqlException || DatabaseFaults.IsOfTheEntry(fault))
        {
            pending.TrySetException(fault);
        }
    }

    /// <summary>What comes out of quarantine leaves it in the same transaction.</summary>
    private void AddRelease(NpgsqlBatch command, List<GroupCommit<InboxEntry, InboxReceipt>.Pending> batch)
    {
        if (!batch.Exists(pending => pending.Item.IsFromQuarantine))
        {
            return;
        }

        var release = new NpgsqlBatchCommand(ReleaseSql);
        release.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. batch.Where(pending => pending.Item.IsFromQuarantine).Select(pending => pending.Item.Delivery!.Id)] });
        release.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _node.Id });
        command.BatchCommands.Add(release);
    }

    private void AddParameters(NpgsqlParameterCollection parameters, int writer, List<GroupCommit<InboxEntry, InboxReceipt>.Pending> batch)
    {
        var entries = batch.Where(pending => pending.Item.Delivery is not null).Select(pending => pending.Item).ToArray();
        var deliveries = Array.ConvertAll(entries, entry => entry.Delivery!);
        var executions = batch.SelectMany(pending => pending.Item.Executions).Where(execution => execution.IdempotencyKey is null).ToArray();
        parameters.AddArray(deliveries, delivery => delivery.Id);
        parameters.AddArray(deliveries, delivery => delivery.SourceId);
        parameters.AddArray(deliveries, delivery => delivery.ReceivedAt);
        parameters.AddArray(deliveries, delivery => delivery.Method);
        parameters.AddArray(deliveries, delivery => delivery.Query);
        parameters.AddArray(deliveries, delivery => delivery.ContentType);
        parameters.AddArray(deliveries, delivery => delivery.Headers);
        parameters.AddArray(deliveries, delivery => delivery.DedupeKey);
        parameters.AddArray(deliveries, delivery => delivery.Body);
        parameters.AddArray(deliveries, delivery => delivery.Shelf);
        parameters.AddArray(entries, entry => (int)entry.DedupeWindow.TotalSeconds);
        parameters.AddArray(deliveries, delivery => delivery.EventType);
        parameters.AddArray(entries, entry => (short)entry.Executions.Count);
        parameters.AddArray(entries, entry => entry.Decisions);
        AddExecutions(parameters, executions);
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _node.Id });
        parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)writer });
    }

    private static void AddExecutions(NpgsqlParameterCollection parameters, NewExecution[] executions)
    {
        parameters.AddArray(executions, execution => execution.Id);
        parameters.AddArray(executions, execution => execution.WorkflowId);
        parameters.AddArray(executions, execution => execution.Version);
        parameters.AddArray(executions, execution => execution.Trigger);
        parameters.AddArray(executions, execution => execution.DeliveryId);
        parameters.AddArray(executions, execution => execution.Input);
        parameters.AddArray(executions, execution => execution.ReplayOf);
        parameters.AddArray(executions, execution => execution.CreatedAt);
        parameters.AddArray(executions, execution => execution.Leased);
    }

    /// <summary>Executions wished for under a key; whether there are any.</summary>
    private bool AddWishes(NpgsqlBatch command, List<GroupCommit<InboxEntry, InboxReceipt>.Pending> batch)
    {
        var wishes = batch.SelectMany(pending => pending.Item.Executions).Where(execution => execution.IdempotencyKey is not null).ToArray();
        if (wishes.Length == 0)
        {
            return false;
        }

        var start = new NpgsqlBatchCommand(StartOnceSql);
        AddExecutions(start.Parameters, wishes);
        start.Parameters.AddArray(wishes, wish => wish.IdempotencyKey);
        start.Parameters.AddArray(wishes, wish => wish.InputHash);
        start.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _node.Id });
        command.BatchCommands.Add(start);
        var started = new NpgsqlBatchCommand(StartedSql);
        started.Parameters.AddArray(wishes, wish => wish.Id);
        started.Parameters.AddArray(wishes, wish => wish.WorkflowId);
        started.Parameters.AddArray(wishes, wish => wish.IdempotencyKey);
        started.Parameters.AddArray(wishes, wish => wish.InputHash);
        command.BatchCommands.Add(started);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Count} deliveries could not be kept and were not acknowledged: {Reason}")]
        public static partial void NotKept(ILogger logger, int count, string reason);
    }
}
