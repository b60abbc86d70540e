using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hub.Storage.Credentials;

/// <summary>
/// Binds secrets to their places that were encrypted before secrets had one. All of them change in one transaction, under a lock that lets a second
/// node wait and then find it done. Once none is left it is never done again: an old ciphertext that somebody puts back stays unreadable.
/// </summary>
public sealed partial class SecretBinding(HubDatabase database, SecretVault vault, TimeProvider time, ILogger<SecretBinding> logger) : IHostedService
{
    private const string DoneKey = "secrets_bound";
    private const string CheckKey = "key_ring_check";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AskAsync(connection, "SELECT 1 FROM pg_advisory_xact_lock(7021964002)", cancellationToken);
        if (await SettingAsync(connection, DoneKey, cancellationToken) is not null)
        {
            return;
        }

        var unreadable = await new SecretLists(vault, time).DivideAsync(connection, cancellationToken);
        foreach (var column in SecretColumn.All)
        {
            unreadable += await BindAsync(connection, column, cancellationToken);
        }

        await BindCheckAsync(connection, cancellationToken);
        if (unreadable == 0)
        {
            await SetAsync(connection, DoneKey, "all", cancellationToken);
        }
        else
        {
            Log.Unreadable(logger, unreadable);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gives how many of the column stay as they are, since they cannot be decrypted.</summary>
    private async Task<int> BindAsync(NpgsqlConnection connection, SecretColumn column, CancellationToken cancellationToken)
    {
        var unreadable = 0;
        for (var last = Guid.Empty; ; )
        {
            var page = await ReadAsync(connection, column, last, cancellationToken);
            if (page.Count == 0)
            {
                return unreadable;
            }

            last = page[^1].Id;
            var bound = page.Where(row => row.Bound is not null).ToArray();
            unreadable += page.Count - bound.Length;
            await using var change = new NpgsqlCommand(column.Change, connection);
            change.Parameters.AddArray(bound, row => row.Id);
            change.Parameters.AddArray(bound, row => row.Bound!);
            await change.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task<List<(Guid Id, byte[]? Bound)>> ReadAsync(
        NpgsqlConnection connection,
        SecretColumn column,
        Guid last,
        CancellationToken cancellationToken
    )
    {
        var page = new List<(Guid, byte[]?)>();
        await using var command = new NpgsqlCommand(column.Unbound, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = last });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            page.Add(
                (
                    id,
                    vault.TryRevealUnbound(reader.GetFieldValue<byte[]>(2), out var secret)
                        ? vault.Protect(column.PlaceOf(id, reader.GetString(1)), secret)
                        : null
                )
            );
        }

        return page;
    }

    private async Task BindCheckAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await SettingAsync(connection, CheckKey, cancellationToken) is { } kept && vault.TryRevealUnbound(Convert.FromBase64String(kept), out var text))
        {
            await SetAsync(connection, CheckKey, Convert.ToBase64String(vault.Protect(SecretPlace.KeyRingCheck, text)), cancellationToken);
        }
    }

    private static async Task<string?> SettingAsync(NpgsqlConnection connection, string key, CancellationToken cancellationToken) =>
        (string?)await AskAsync(connection, "SELECT value FROM hub.settings WHERE key = $1", cancellationToken, key);

    private static Task<object?> SetAsync(NpgsqlConnection connection, string key, string value, CancellationToken cancellationToken) =>
        AskAsync(
            connection,
            "INSERT INTO hub.settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            cancellationToken,
            key,
            value
        );

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params string[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        }

        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Count} secrets cannot be decrypted and wait as they are for a start with the key that they were encrypted with")]
        public static partial void Unreadable(ILogger logger, int count);
    }
}
