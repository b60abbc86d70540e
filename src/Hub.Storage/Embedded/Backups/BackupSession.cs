using Npgsql;

namespace Hub.Storage.Embedded.Backups;

/// <summary>
/// The one session in which a running server is backed up. It must stay open: when it ends, the server drops what it kept, and nothing is left half begun.
/// </summary>
internal sealed class BackupSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private BackupSession(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Tells the server that its files are being copied: it keeps the log from now on, and writes pages to it whole.</summary>
    /// <exception cref="EmbeddedPostgresException">The server does not allow it.</exception>
    public static async Task<BackupSession> BeginAsync(string connectionString, CancellationToken cancellationToken)
    {
        // The hub's role has its rights for this in the database that every server has.
        var text = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Database = "postgres",
            Pooling = false,
            CommandTimeout = 0,
            ApplicationName = "flowpilot backup",
        };
        var session = new BackupSession(new NpgsqlConnection(text.ConnectionString));
        try
        {
            await session._connection.OpenAsync(cancellationToken);
            await session.CheckAsync(cancellationToken);

            // The slot keeps the log, up to max_slot_wal_keep_size, and goes with the session.
            await session.AskAsync($"SELECT pg_create_physical_replication_slot('flowpilot_backup_{Guid.CreateVersion7():N}', true, true)", cancellationToken);
            await session.AskAsync("SELECT pg_backup_start('flowpilot', fast => true)", cancellationToken);
            return session;
        }
        catch (PostgresException exception)
        {
            await session.DisposeAsync();
            throw new EmbeddedPostgresException($"The database did not let the backup begin: {exception.MessageText}.", exception);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it. The label belongs into the copy, and the names are those of the pieces of the log that the copy needs.</summary>
    public async Task<(string Label, IReadOnlyList<string> Log)> EndAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT labelfile, pg_walfile_name(lsn), (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_segment_size')
            FROM pg_backup_stop(wait_for_archive => false)
            """,
            _connection
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var label = reader.GetString(0);
        return (label, WalSegments.Between(WalSegments.FirstOf(label), reader.GetString(1), reader.GetInt64(2)));
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (await AskAsync("SELECT current_setting('wal_level')", cancellationToken) is "minimal")
        {
            throw new EmbeddedPostgresException(
                "This database runs with wal_level=minimal and cannot be backed up while it runs. "
                    + "Take that out of Hub:Embedded:Settings, or start the hub once with this version."
            );
        }

        if (await AskAsync("SELECT EXISTS (SELECT FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global'))", cancellationToken) is true)
        {
            throw new EmbeddedPostgresException("This database has tablespaces, which the hub's backup does not copy. Use pg_basebackup.");
        }
    }

    private async Task<object?> AskAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
