using Npgsql;
using NpgsqlTypes;

namespace Hub.Storage.Executions;

/// <summary>
/// Wakes executions when what a step of theirs waits for has come. Whoever records such a step asks once more after that, and so does whoever makes it come:
/// whichever is last sees both.
/// </summary>
public sealed class ExecutionWaits(HubDatabase database)
{
    private static readonly string SignalSql = SqlText.Load("Executions/Sql/signal.sql");
    private static readonly string WakeSql = SqlText.Load("Executions/Sql/wake.sql");

    /// <summary>Keeps a signal and wakes who waits for it; false when it had come before, and nothing changed.</summary>
    /// <param name="payload">JSON text; null for none.</param>
    public async Task<bool> SignalAsync(Guid signal, string? payload, CancellationToken cancellationToken)
    {
        await using var command = database.HotSource.CreateCommand(SignalSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = signal });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)payload ?? DBNull.Value });
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            return false;
        }

        await WakeAsync([signal], cancellationToken);
        return true;
    }

    /// <summary>Wakes the executions that wait for those of these signals and executions that have come or ended; how many.</summary>
    public async Task<int> WakeAsync(Guid[] awaited, CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        return await WakeAsync(connection, awaited, cancellationToken);
    }

    internal static async Task<int> WakeAsync(NpgsqlConnection connection, Guid[] awaited, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(WakeSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = awaited });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
