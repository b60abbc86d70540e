using Npgsql;

namespace Hub.TestSupport;

/// <summary>A table that another connection has locked, so that whoever reads or writes it waits until this is disposed.</summary>
public sealed class TableLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly string _table;

    private TableLock(NpgsqlConnection connection, string table) => (_connection, _table) = (connection, table);

    /// <param name="table">With its schema.</param>
    public static async Task<TableLock> TakeAsync(string connectionString, string table, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var taken = new TableLock(connection, table);
        await taken.ExecuteAsync($"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", cancellationToken);
        return taken;
    }

    /// <summary>Returns when at least one statement waits for the table.</summary>
    public async Task WaitForWaiterAsync(CancellationToken cancellationToken)
    {
        while (await ExecuteAsync($"SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '{_table}'::regclass", cancellationToken) is null)
        {
            // The server signals nothing.
            await Task.Delay(10, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private async Task<object?> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
