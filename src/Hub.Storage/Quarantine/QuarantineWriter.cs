using Hub.Storage.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Quarantine;

/// <summary>
/// Keeps refused requests within bounds. It has one writer and a pace of its own, apart from the inbox: however many bad requests come,
/// the good ones do not wait for them.
/// </summary>
public sealed partial class QuarantineWriter : IAsyncDisposable
{
    private const int MaxWaiting = 1000;
    private const long MaxWaitingBytes = 32L << 20;
    private const long MaxBatchBytes = 4L << 20;

    private static readonly string KeepSql = SqlText.Load("Quarantine/Sql/keep.sql");

    private readonly HubDatabase _database;
    private readonly HubNode _node;
    private readonly QuarantineOptions _options;
    private readonly QuarantineBounds _bounds;
    private readonly QuarantineBudget _budget;
    private readonly TimeProvider _time;
    private readonly ILogger<QuarantineWriter> _logger;
    private readonly GroupCommit<QuarantinedRequest, bool> _commits;

    public QuarantineWriter(
        HubDatabase database,
        HubNode node,
        IOptions<QuarantineOptions> options,
        QuarantineBounds bounds,
        TimeProvider time,
        ILogger<QuarantineWriter> logger
    )
    {
        (_database, _node, _options, _bounds, _time, _logger) = (database, node, options.Value, bounds, time, logger);
        _budget = new(_options, time);
        _commits = new(
            (_, batch, cancellationToken) => CommitAsync(batch, cancellationToken),
            1,
            _options.MaxBatch,
            MaxBatchBytes,
            MaxWaiting,
            MaxWaitingBytes
        );
    }

    /// <summary>Answers at once when too many wait or the budget is used up, else when the request is kept; what fails is answered as not kept.</summary>
    public async Task<QuarantineVerdict> WriteAsync(QuarantinedRequest request)
    {
        if (_options.Requests == 0)
        {
            return QuarantineVerdict.Busy;
        }

        if (!_budget.TryTake(request.SourceId, request.Size))
        {
            return QuarantineVerdict.OverBudget;
        }

        if (_commits.TrySubmit(request, request.Size) is not { } pending)
        {
            return QuarantineVerdict.Busy;
        }

        try
        {
            return await pending.Task ? QuarantineVerdict.Kept : QuarantineVerdict.Busy;
        }
#pragma warning disable CA1031 // The sender is told that its signature is wrong, whatever became of the copy.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotKept(_logger, exception.Message);
            return QuarantineVerdict.Busy;
        }
    }

    /// <summary>Keeps what is waiting; later requests are not kept.</summary>
    public Task DrainAsync(TimeSpan timeout) => _commits.DrainAsync(timeout);

    public ValueTask DisposeAsync() => _commits.DisposeAsync();

    private async Task CommitAsync(List<GroupCommit<QuarantinedRequest, bool>.Pending> batch, CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync([.. batch.Select(pending => pending.Item)], cancellationToken);
            batch.ForEach(pending => pending.TrySetResult(true));
        }
        catch (Exception exception) when (batch.Count > 1 && DatabaseExceptions.IsOfTheEntry(exception))
        {
            foreach (var pending in batch)
            {
                await CommitAloneAsync(pending, cancellationToken);
            }
        }

        try
        {
            await _bounds.EnforceAsync(batch.Select(pending => pending.Item), cancellationToken);
        }
        catch (Exception exception) when (DatabaseExceptions.MaySucceedLater(exception))
        {
            Log.NotTrimmed(_logger, exception.Message);
        }

        await Task.Delay(_options.Pace, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task CommitAloneAsync(GroupCommit<QuarantinedRequest, bool>.Pending pending, CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync([pending.Item], cancellationToken);
            pending.TrySetResult(true);
        }
#pragma warning disable CA1031 // Its caller hears of it, and the others are still to be written.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            pending.TrySetException(exception);
        }
    }

    private async Task KeepAsync(QuarantinedRequest[] requests, CancellationToken cancellationToken)
    {
        await using var command = _database.DataSource.CreateCommand(KeepSql);
        command.CommandTimeout = 15;
        var parameters = command.Parameters;
        parameters.AddArray(requests, request => request.Id);
        parameters.AddArray(requests, request => request.SourceId);
        parameters.AddArray(requests, request => request.ReceivedAt);
        parameters.AddArray(requests, request => request.Method);
        parameters.AddArray(requests, request => request.Url);
        parameters.AddArray(requests, request => request.Query);
        parameters.AddArray(requests, request => request.ContentType);
        parameters.AddArray(requests, request => request.Headers);
        parameters.AddArray(requests, request => request.ProtectedHeaders);
        parameters.AddArray(requests, request => request.Verdict);
        parameters.AddArray(requests, request => request.Reason);
        parameters.AddArray(requests, request => request.Diagnosis);
        parameters.AddArray(requests, request => request.Size);
        parameters.AddArray(requests, request => request.Body);
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _node.Id });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The quarantine could not be trimmed: {Reason}")]
        public static partial void NotTrimmed(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Debug, "A refused request is not kept: {Reason}")]
        public static partial void NotKept(ILogger logger, string reason);
    }
}
