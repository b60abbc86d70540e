using Npgsql;

namespace Hub.Storage;

/// <summary>
/// The tables that everything of a start writes to. Somebody else's lock on one of them would end the start in the middle, so it is waited for before that,
/// as a server that is not there yet is.
/// </summary>
internal static class StartTables
{
    private const string Tables = "hub.settings, hub.nodes";
    private const string Patience = "1s";

    /// <exception cref="InvalidOperationException">One of them is locked by somebody else; another try may succeed.</exception>
    public static async Task ThrowIfLockedAsync(NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        await using var connection = await server.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            $"SET LOCAL lock_timeout = '{Patience}'; LOCK TABLE {Tables} IN ROW EXCLUSIVE MODE",
            connection,
            transaction
        );
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException locked) when (locked.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new InvalidOperationException($"another session has locked one of the tables {Tables}", locked);
        }
    }
}
