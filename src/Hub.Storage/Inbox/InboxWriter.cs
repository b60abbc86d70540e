using Hub.Storage.Health;
using Hub.Storage.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Inbox;

/// <summary>Keeps deliveries and starts their executions, many requests to a commit.</summary>
public sealed partial class InboxWriter : IAsyncDisposable
{
    private readonly HubDatabase _database;
    private readonly HubNode _node;
    private readonly ILogger<InboxWriter> _logger;
    private readonly CommitRecord _record;
    private readonly GroupCommit<InboxEntry, InboxReceipt> _commits;

    public InboxWriter(HubDatabase database, HubNode node, IOptions<InboxOptions> options, TimeProvider time, ILogger<InboxWriter> logger)
    {
        (_database, _node, _record, _logger) = (database, node, new CommitRecord(time), logger);
        var limits = options.Value;
        _commits = new(CommitAsync, limits.Writers, limits.MaxBatch, 8 << 20, limits.MaxWaiting, limits.MaxWaitingBytes, time);
    }

    /// <summary>How its commits go.</summary>
    public CommitState State => _record.Read(_commits.OldestSince);

    /// <summary>Its receipt comes after the commit is flushed, or at once when the inbox is full.</summary>
    public InboxCommit Submit(InboxEntry entry) => new(_commits, _commits.TrySubmit(entry, entry.Size));

    /// <inheritdoc cref="Submit"/>
    public ValueTask<InboxReceipt> WriteAsync(InboxEntry entry) => new(Submit(entry).Receipt);

    /// <summary>Commits what is waiting; entries after it are refused.</summary>
    public Task DrainAsync(TimeSpan timeout) => _commits.DrainAsync(timeout);

    public ValueTask DisposeAsync() => _commits.DisposeAsync();

    private async Task CommitAsync(int writer, List<GroupCommit<InboxEntry, InboxReceipt>.Pending> batch, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _database.CommitSource.OpenConnectionAsync(cancellationToken);
            await using var commands = new NpgsqlBatch(connection) { Timeout = 15 };
            new InboxBatch(commands, _node.Id, (short)writer).Add(batch.ConvertAll(pending => pending.Item));
            var repeated = new Dictionary<Guid, InboxReceipt>();
            await using (var reader = await commands.ExecuteReaderAsync(cancellationToken))
            {
                do
                {
                    while (await reader.ReadAsync(cancellationToken))
                    {
                        repeated[reader.GetGuid(0)] = reader.IsDBNull(2)
                            ? new InboxReceipt(InboxVerdict.Duplicate, FirstDelivery: reader.GetGuid(1))
                            : new InboxReceipt(InboxVerdict.Duplicate, FirstExecution: reader.GetGuid(1), IsSameInput: reader.GetBoolean(2));
                    }
                } while (await reader.NextResultAsync(cancellationToken));
            }

            _record.Succeeded();
            foreach (var pending in batch)
            {
                // What is started under a key has no delivery, and is known by its one execution.
                var (delivery, executions) = (pending.Item.Delivery, pending.Item.Executions);
                pending.Complete(repeated.GetValueOrDefault(delivery?.Id ?? executions[0].Id, new InboxReceipt(InboxVerdict.Kept)));
            }
        }
        catch (Exception exception) when (batch.Count > 1 && exception is not OperationCanceledException && !DatabaseExceptions.MaySucceedLater(exception))
        {
            // A value the server refuses, or the hub cannot write, must not take its neighbours with it.
            foreach (var pending in batch)
            {
                await CommitAsync(writer, [pending], cancellationToken);
            }
        }
#pragma warning disable CA1031 // Whatever it failed of, the answer is the same: nothing was kept, and whoever asked may ask again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (DatabaseExceptions.MaySucceedLater(exception))
            {
                _record.Failed(exception);
            }
            else
            {
                _record.Refused(exception);
            }

            Log.NotKept(_logger, DatabaseExceptions.IsAway(exception) ? null : exception, batch.Count, exception.Message);
            batch.ForEach(static pending => pending.Complete(new InboxReceipt(InboxVerdict.Unavailable)));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Count} deliveries could not be kept and were not acknowledged: {Reason}")]
        public static partial void NotKept(ILogger logger, Exception? exception, int count, string reason);
    }
}
