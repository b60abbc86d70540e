using System.Text;
using System.Text.Json;
using Hub.Storage.Credentials;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Hub.Storage.Sources;

/// <summary>
/// Gives secrets that were kept as one encrypted list in <c>hub.sources</c> rows of their own. All of them move in one transaction, whose row locks
/// let a second node that starts wait and then find nothing to do.
/// </summary>
public sealed class SourceSecretMove(HubDatabase database, SecretVault vault, TimeProvider time) : IHostedService
{
    private static readonly string Insert = SqlText.Load("Sources/Sql/insert_secrets.sql");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var old = await ReadAsync(connection, cancellationToken);
        if (old.Count == 0)
        {
            return;
        }

        var rows = old.SelectMany(source => Rows(source.Id, source.Protected, source.CreatedAt)).ToArray();
        await using var insert = new NpgsqlCommand(Insert, connection);
        insert.Parameters.AddArray(rows, row => row.Id);
        insert.Parameters.AddArray(rows, row => row.SourceId);
        insert.Parameters.AddArray(rows, row => row.Protected);
        insert.Parameters.AddArray(rows, row => row.CreatedAt);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await using var clear = new NpgsqlCommand("UPDATE hub.sources SET protected_secrets = NULL WHERE protected_secrets IS NOT NULL", connection);
        await clear.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<List<(Guid Id, byte[] Protected, DateTime CreatedAt)>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = new List<(Guid, byte[], DateTime)>();
        await using var command = new NpgsqlCommand(
            "SELECT id, protected_secrets, created_at FROM hub.sources WHERE protected_secrets IS NOT NULL AND deleted_at IS NULL ORDER BY id FOR UPDATE", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add((reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetDateTime(2)));
        }

        return found;
    }

    private IEnumerable<(Guid Id, Guid SourceId, byte[] Protected, DateTime CreatedAt)> Rows(Guid source, byte[] protectedList, DateTime createdAt)
    {
        var secrets = JsonSerializer.Deserialize<string[]>(vault.Unprotect(protectedList))!;

        // The first one of the list is the newest: it is the one that handshakes are answered with.
        return secrets.Select((secret, i) => (
            Guid.CreateVersion7(time.GetUtcNow()), source, vault.Protect(Encoding.UTF8.GetBytes(secret)), createdAt.AddMicroseconds(-i)));
    }
}
