using System.Runtime.InteropServices;
using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;
using Npgsql;

namespace Hub.Storage.Queue;

/// <summary>Claims, leases and rescues executions. Every statement is a file in Queue/Sql.</summary>
public sealed class ExecutionQueue(HubDatabase database, HubNode node)
{
    private static readonly string ClaimSql = SqlText.Load("Queue/Sql/claim.sql");
    private static readonly string NextWakeSql = SqlText.Load("Queue/Sql/next_wake.sql");
    private static readonly string RenewSql = SqlText.Load("Queue/Sql/renew.sql");
    private static readonly string RescueSql = SqlText.Load("Queue/Sql/rescue.sql");
    private static readonly string ReleaseSql = SqlText.Load("Queue/Sql/release.sql");
    private static readonly string HeldSql = SqlText.Load("Queue/Sql/held.sql");
    private static readonly string LeaveSql = SqlText.Load("Queue/Sql/leave.sql");
    private static readonly string ForgetOthersSql = SqlText.Load("Queue/Sql/forget_others.sql");
    private static readonly string CancelSql = SqlText.Load("Queue/Sql/cancel.sql");
    private static readonly string ResumeSql = SqlText.Load("Queue/Sql/resume.sql");
    private static readonly string LoadDeliveriesSql = SqlText.Load("Queue/Sql/load_deliveries.sql");
    private static readonly string LoadStepsSql = SqlText.Load("Queue/Sql/load_steps.sql");

    /// <summary>Bodies above this, in bytes, are not held in memory by executions that only wait for their turn; nor is what was recorded of their steps.</summary>
    public const int LargeBody = 256 << 10;

    /// <summary>Takes up to <paramref name="most"/> due executions, the longest due first.</summary>
    public async Task<IReadOnlyList<ClaimedExecution>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = new List<ClaimedExecution>();
        await using (var command = Command(connection, ClaimSql, node.Id, most))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(new ClaimedExecution(
                    reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetGuid(4), null, Text(reader, 5),
                    reader.GetInt32(6), reader.GetInt32(7), reader.GetFieldValue<DateTimeOffset>(8), []));
            }
        }

        if (rows.Count == 0)
        {
            return [];
        }

        var deliveries = await LoadDeliveriesAsync(connection, [.. rows.Where(row => row.DeliveryId.HasValue).Select(row => row.DeliveryId!.Value).Distinct()], LargeBody, cancellationToken);
        var steps = await LoadStepsAsync(connection, [.. rows.Where(row => row.Claim > 1).Select(row => row.Id)], LargeBody, cancellationToken);
        return [.. rows.Select(row => row with
        {
            Delivery = row.DeliveryId is { } id ? deliveries.GetValueOrDefault(id) : null,
            Steps = row.Claim == 1 ? [] : steps.GetValueOrDefault(row.Id),
        })];
    }

    /// <summary>A delivery however large its body; null when it does not exist.</summary>
    public async Task<Delivery?> LoadDeliveryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        return (await LoadDeliveriesAsync(connection, [id], int.MaxValue, cancellationToken)).GetValueOrDefault(id);
    }

    /// <summary>What is recorded of an execution's steps, however large.</summary>
    public async Task<IReadOnlyList<RecordedStep>> LoadStepsAsync(Guid execution, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        return (await LoadStepsAsync(connection, [execution], int.MaxValue, cancellationToken)).GetValueOrDefault(execution) ?? [];
    }

    /// <summary>Time until the next resting execution is due; null when none rests.</summary>
    public async Task<TimeSpan?> NextWakeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, NextWakeSql);
        return await command.ExecuteScalarAsync(cancellationToken) is double seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400)) : null;
    }

    /// <summary>Renews the lease of everything this node holds. A statement that hangs is given up early enough for another two tries in the lease.</summary>
    /// <exception cref="TimeoutException">There was no answer within a third of the lease.</exception>
    public async Task RenewAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        // On a line that has gone dead, opening it and cancelling the statement take longer than the statement may.
        await RunAsync().WaitAsync(lease / 3, cancellationToken);

        async Task RunAsync()
        {
            await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
            await using var command = Command(connection, RenewSql, node.Id, node.Name, lease.TotalSeconds);
            command.CommandTimeout = Math.Max(1, (int)(lease / 3).TotalSeconds);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Declares every other node gone.</summary>
    public Task ForgetOthersAsync(CancellationToken cancellationToken) => ExecuteAsync(ForgetOthersSql, cancellationToken, node.Id);

    /// <summary>Frees what nodes that stopped renewing held; how many.</summary>
    public Task<int> RescueAsync(CancellationToken cancellationToken) => ExecuteAsync(RescueSql, cancellationToken);

    /// <summary>Gives back what this node holds: the given ones, or all.</summary>
    public async Task<int> ReleaseAsync(Guid[]? executions, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, ReleaseSql, node.Id);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)executions ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The executions that the table has leased to this node for at least <paramref name="age"/>.</summary>
    public async Task<IReadOnlyList<Guid>> HeldAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, HeldSql, node.Id, age.TotalSeconds);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var held = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            held.Add(reader.GetGuid(0));
        }

        return held;
    }

    /// <summary>Says good-bye: this node renews no more.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) => ExecuteAsync(LeaveSql, cancellationToken, node.Id);

    /// <summary>Cancels: the number that voids every claim below it; null when it was finished already or does not exist.</summary>
    public async Task<int?> CancelAsync(Guid execution, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, CancelSql, execution, ExecutionStateMachine.SourcesOf(ExecutionStatus.Cancelled));
        return await command.ExecuteScalarAsync(cancellationToken) as int?;
    }

    /// <summary>Runs a failed or cancelled execution on from where it stopped; false when it is in neither state.</summary>
    public async Task<bool> ResumeAsync(Guid execution, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, ResumeSql, execution, new[] { ExecutionStatus.Failed.ToText(), ExecutionStatus.Cancelled.ToText() });
        return await command.ExecuteScalarAsync(cancellationToken) is Guid;
    }

    private static async Task<Dictionary<Guid, Delivery>> LoadDeliveriesAsync(NpgsqlConnection connection, Guid[] ids, int largestBody, CancellationToken cancellationToken)
    {
        var deliveries = new Dictionary<Guid, Delivery>();
        if (ids.Length == 0)
        {
            return deliveries;
        }

        await using var command = Command(connection, LoadDeliveriesSql, ids, largestBody, ids.Min(), ids.Max());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            deliveries[id] = new Delivery
            {
                Id = id,
                SourceId = reader.GetGuid(1),
                ReceivedAt = reader.GetFieldValue<DateTimeOffset>(2),
                Method = reader.GetString(3),
                Query = reader.GetString(4),
                ContentType = Text(reader, 5),
                Headers = reader.GetString(6),
                DedupeKey = Text(reader, 7),
                Body = reader.GetFieldValue<byte[]>(8),
            };
        }

        return deliveries;
    }

    private static async Task<Dictionary<Guid, List<RecordedStep>>> LoadStepsAsync(NpgsqlConnection connection, Guid[] ids, int most, CancellationToken cancellationToken)
    {
        var steps = new Dictionary<Guid, List<RecordedStep>>();
        if (ids.Length == 0)
        {
            return steps;
        }

        await using var command = Command(connection, LoadStepsSql, ids, most);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var record = new StepRecord(reader.GetString(1), StepStatusText.Parse(reader.GetString(2)))
            {
                Port = Text(reader, 3),
                Attempts = reader.GetInt32(4),
                Input = Text(reader, 5),
                Output = Text(reader, 6),
                Error = Text(reader, 7),
                Errors = Text(reader, 8),
                Why = Text(reader, 9),
                StartedAt = reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10),
                FinishedAt = reader.IsDBNull(11) ? null : reader.GetFieldValue<DateTimeOffset>(11),
            };
            var dueIn = reader.IsDBNull(13) ? TimeSpan.Zero : TimeSpan.FromSeconds(reader.GetDouble(13));
            (CollectionsMarshal.GetValueRefOrAddDefault(steps, reader.GetGuid(0), out _) ??= []).Add(new RecordedStep(record, reader.GetBoolean(12), dueIn));
        }

        return steps;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
