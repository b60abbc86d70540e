using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hub.Storage.Migrations;

/// <summary>Brings a database to this version, one node at a time, and refuses one that a newer version has changed.</summary>
internal sealed partial class SchemaUpgrade(NpgsqlDataSource server, ILogger logger)
{
    // Any number does, as long as every version takes the same one.
    private const long LockKey = 7021964001;
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);

    /// <summary>The migrations of this version, in order.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        .. typeof(SchemaUpgrade)
            .Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>(inherit: false)?.Id)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="InvalidOperationException">The database has migrations that this version does not know.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await server.OpenConnectionAsync(cancellationToken);
        if ((await PendingAsync(connection, cancellationToken)).Length == 0)
        {
            return;
        }

        await LockAsync(connection, cancellationToken);
        try
        {
            if (await PendingAsync(connection, cancellationToken) is { Length: > 0 } pending)
            {
                await MigrateAsync(connection, pending, cancellationToken);
            }
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    private async Task MigrateAsync(NpgsqlConnection connection, string[] pending, CancellationToken cancellationToken)
    {
        Log.Migrating(logger, string.Join(", ", pending));
        await using var schema = new NpgsqlCommand($"CREATE SCHEMA IF NOT EXISTS {HubDbContext.Schema}", connection);
        await schema.ExecuteNonQueryAsync(cancellationToken);
        await using var context = new HubDbContext(HubContextOptions.For(connection));

        // A large table takes its time, and half a migration would be none.
        context.Database.SetCommandTimeout(0);
        await context.Database.MigrateAsync(cancellationToken);
    }

    private static async Task<string[]> PendingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = await AppliedAsync(connection, cancellationToken);
        var newer = applied.Except(Known, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return newer.Length == 0
            ? [.. Known.Except(applied, StringComparer.Ordinal)]
            : throw new InvalidOperationException(
                $"This database was changed by a newer version of FlowPilot: it has {string.Join(", ", newer)}, and this version knows migrations up to "
                    + $"{Known[^1]}. "
                    + "Start that version or a newer one, or restore the backup that was made before the upgrade."
            );
    }

    private static async Task<List<string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new List<string>();
        await using var exists = new NpgsqlCommand($"SELECT to_regclass('{HubDbContext.Schema}.{HubContextOptions.HistoryTable}') IS NOT NULL", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return applied;
        }

        await using var command = new NpgsqlCommand($"SELECT \"MigrationId\" FROM {HubDbContext.Schema}.{HubContextOptions.HistoryTable}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetString(0));
        }

        return applied;
    }

    /// <summary>
    /// A lock of the session, as each migration is a transaction of its own. Asked for again and again: a statement that waits holds a snapshot.
    /// </summary>
    private async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockKey})", connection);
        for (var told = false; await command.ExecuteScalarAsync(cancellationToken) is not true; told = true)
        {
            if (!told)
            {
                Log.Waiting(logger);
            }

            await Task.Delay(LockPoll, cancellationToken);
        }
    }

    /// <summary>Connections keep their session when they go back to the pool, so the lock must not stay on this one.</summary>
    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_unlock({LockKey})", connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the lock with it.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Bringing the database up to date: {Migrations}")]
        public static partial void Migrating(ILogger logger, string migrations);

        [LoggerMessage(2, LogLevel.Information, "Another hub brings the database up to date; waiting for it")]
        public static partial void Waiting(ILogger logger);
    }
}
