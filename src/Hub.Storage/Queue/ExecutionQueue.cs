using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Npgsql;

namespace Hub.Storage.Queue;

/// <summary>Claims, leases and rescues executions. Every statement is a file in Queue/Sql.</summary>
public sealed class ExecutionQueue(HubDatabase database, HubNode node)
{
    private static readonly string ClaimSql = SqlText.Load("Queue/Sql/claim.sql");
    private static readonly string ClaimParkedSql = SqlText.Load("Queue/Sql/claim_parked.sql");
    private static readonly string NextWakeSql = SqlText.Load("Queue/Sql/next_wake.sql");
    private static readonly string RenewSql = SqlText.Load("Queue/Sql/renew.sql");
    private static readonly string RescueSql = SqlText.Load("Queue/Sql/rescue.sql");
    private static readonly string ReleaseSql = SqlText.Load("Queue/Sql/release.sql");
    private static readonly string HeldSql = SqlText.Load("Queue/Sql/held.sql");
    private static readonly string LeaveSql = SqlText.Load("Queue/Sql/leave.sql");
    private static readonly string ForgetOthersSql = SqlText.Load("Queue/Sql/forget_others.sql");
    private static readonly string CancelSql = SqlText.Load("Queue/Sql/cancel.sql");
    private static readonly string ResumeSql = SqlText.Load("Queue/Sql/resume.sql");

    /// <summary>
    /// Bodies above this, in bytes, are not held in memory by executions that only wait for their turn; nor is what was recorded of their steps.
    /// </summary>
    public const int LargeBody = 256 << 10;

    /// <summary>Takes up to <paramref name="most"/> due executions, the longest due first.</summary>
    public async Task<IReadOnlyList<ClaimedExecution>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        return await ExecutionReader.ReadClaimedAsync(connection, Command(connection, ClaimSql, node.Id, most), cancellationToken);
    }

    /// <summary>Takes up to <paramref name="most"/> executions that are parked on this, the longest parked first, due or not.</summary>
    public async Task<IReadOnlyList<ClaimedExecution>> ClaimParkedAsync(string parkedOn, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        return await ExecutionReader.ReadClaimedAsync(connection, Command(connection, ClaimParkedSql, node.Id, most, parkedOn), cancellationToken);
    }

    /// <summary>A delivery however large its body; null when it does not exist.</summary>
    public async Task<Delivery?> LoadDeliveryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        return (await ExecutionReader.LoadDeliveriesAsync(connection, [id], int.MaxValue, cancellationToken)).GetValueOrDefault(id);
    }

    /// <summary>What is recorded of an execution's steps, however large.</summary>
    public async Task<IReadOnlyList<RecordedStep>> LoadStepsAsync(Guid execution, CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        return (await ExecutionReader.LoadStepsAsync(connection, [execution], int.MaxValue, cancellationToken)).GetValueOrDefault(execution) ?? [];
    }

    /// <summary>Time until the next resting execution is due; null when none rests.</summary>
    public async Task<TimeSpan?> NextWakeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
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
            await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
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
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, ReleaseSql, node.Id);
        command.Parameters.Add(
            new NpgsqlParameter { Value = (object?)executions ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid }
        );
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The executions that the table has leased to this node for at least <paramref name="age"/>.</summary>
    public async Task<IReadOnlyList<Guid>> HeldAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
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
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, CancelSql, execution, ExecutionStateMachine.SourcesOf(ExecutionStatus.Cancelled));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var (claim, isChild) = (reader.GetInt32(0), !reader.IsDBNull(1));
        await reader.CloseAsync();
        if (isChild)
        {
            await ExecutionWaits.WakeAsync(connection, [execution], cancellationToken);
        }

        return claim;
    }

    /// <summary>
    /// Runs a failed or cancelled execution on from where it stopped; false when it is in neither state, or has moved since it was looked at.
    /// </summary>
    public async Task<bool> ResumeAsync(Resumption resumption, CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, ResumeSql, resumption.ExecutionId, ExecutionStateMachine.Resumable, resumption.Version, resumption.Claim);
        return await command.ExecuteScalarAsync(cancellationToken) is Guid;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
