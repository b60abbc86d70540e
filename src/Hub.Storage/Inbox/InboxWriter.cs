using Hub.Storage.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Inbox;

/// <summary>Keeps deliveries and gives birth to their executions, many requests to a commit.</summary>
public sealed partial class InboxWriter : IAsyncDisposable
{
    private static readonly string AcceptSql = SqlText.Load("Inbox/Sql/accept.sql");
    private static readonly string DuplicatesSql = SqlText.Load("Inbox/Sql/duplicates.sql");

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

    private async Task CommitAsync(List<GroupCommit<InboxEntry, InboxReceipt>.Pending> batch, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _database.DataSource.OpenConnectionAsync(cancellationToken);
            await using var commands = new NpgsqlBatch(connection) { Timeout = 15 };
            var keyed = AddCommands(commands, batch);
            var firsts = new Dictionary<Guid, Guid>();
            await using (var reader = await commands.ExecuteReaderAsync(cancellationToken))
            {
                if (keyed)
                {
                    while (await reader.ReadAsync(cancellationToken))
                    {
                        firsts[reader.GetGuid(0)] = reader.GetGuid(1);
                    }
                }
            }

            foreach (var pending in batch)
            {
                pending.TrySetResult(pending.Item.Delivery is { } delivery && firsts.TryGetValue(delivery.Id, out var first)
                    ? new InboxReceipt(InboxVerdict.Duplicate, first)
                    : new InboxReceipt(InboxVerdict.Kept));
            }
        }
        catch (Exception fault) when (batch.Count > 1 && DatabaseFaults.IsOfTheEntry(fault))
        {
            // A value the server refuses must not take its neighbours with it.
            foreach (var pending in batch)
            {
                await CommitAloneAsync(pending, cancellationToken);
            }
        }
        catch (NpgsqlException fault)
        {
            Log.NotKept(_logger, batch.Count, fault.Message);
            throw;
        }
    }

    private async Task CommitAloneAsync(GroupCommit<InboxEntry, InboxReceipt>.Pending pending, CancellationToken cancellationToken)
    {
        try
        {
            await CommitAsync([pending], cancellationToken);
        }
        catch (Exception fault) when (fault is NpgsqlException || DatabaseFaults.IsOfTheEntry(fault))
        {
            pending.TrySetException(fault);
        }
    }

    private bool AddCommands(NpgsqlBatch commands, List<GroupCommit<InboxEntry, InboxReceipt>.Pending> batch)
    {
        var deliveries = batch.Where(pending => pending.Item.Delivery is not null).Select(pending => pending.Item.Delivery!).ToArray();
        var executions = batch.SelectMany(pending => pending.Item.Executions).ToArray();
        var accept = new NpgsqlBatchCommand(AcceptSql);
        accept.Parameters.AddArray(deliveries, delivery => delivery.Id);
        accept.Parameters.AddArray(deliveries, delivery => delivery.SourceId);
        accept.Parameters.AddArray(deliveries, delivery => delivery.ReceivedAt);
        accept.Parameters.AddArray(deliveries, delivery => delivery.Method);
        accept.Parameters.AddArray(deliveries, delivery => delivery.Query);
        accept.Parameters.AddArray(deliveries, delivery => delivery.ContentType);
        accept.Parameters.AddArray(deliveries, delivery => delivery.Headers);
        accept.Parameters.AddArray(deliveries, delivery => delivery.DedupeKey);
        accept.Parameters.AddArray(deliveries, delivery => delivery.Body);
        accept.Parameters.AddArray(executions, execution => execution.Id);
        accept.Parameters.AddArray(executions, execution => execution.WorkflowId);
        accept.Parameters.AddArray(executions, execution => execution.Version);
        accept.Parameters.AddArray(executions, execution => execution.Trigger);
        accept.Parameters.AddArray(executions, execution => execution.DeliveryId);
        accept.Parameters.AddArray(executions, execution => execution.Input);
        accept.Parameters.AddArray(executions, execution => execution.ReplayOf);
        accept.Parameters.AddArray(executions, execution => execution.CreatedAt);
        accept.Parameters.AddArray(executions, execution => execution.Leased);
        accept.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _node.Id });
        commands.BatchCommands.Add(accept);

        var keyed = deliveries.Where(delivery => delivery.DedupeKey is not null).ToArray();
        if (keyed.Length == 0)
        {
            return false;
        }

        var duplicates = new NpgsqlBatchCommand(DuplicatesSql);
        duplicates.Parameters.AddArray(keyed, delivery => delivery.Id);
        duplicates.Parameters.AddArray(keyed, delivery => delivery.SourceId);
        duplicates.Parameters.AddArray(keyed, delivery => delivery.DedupeKey);
        commands.BatchCommands.Add(duplicates);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Count} deliveries could not be kept and were not acknowledged: {Reason}")]
        public static partial void NotKept(ILogger logger, int count, string reason);
    }
}
