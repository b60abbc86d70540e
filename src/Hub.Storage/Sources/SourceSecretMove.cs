using System.Text;
using System.Text.Json;
using Hub.Storage.Credentials;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hub.Storage.Sources;

/// <summary>
/// Gives secrets that were kept as one encrypted list in <c>hub.sources</c> rows of their own. All of them move in one transaction, whose row locks
/// let a second node that starts wait and then find nothing to do. A list that cannot be decrypted stays for a start with the right key.
/// </summary>
public sealed partial class SourceSecretMove(HubDatabase database, SecretVault vault, TimeProvider time, ILogger<SourceSecretMove> logger) : IHostedService
{
    private static readonly string Insert = SqlText.Load("Sources/Sql/insert_secrets.sql");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var readable = (await ReadAsync(connection, cancellationToken)).FindAll(source => source.Secrets is not null);
        if (readable.Count == 0)
        {
            return;
        }

        var rows = readable.SelectMany(source => Rows(source.Id, source.Secrets!, source.CreatedAt)).ToArray();
        await using var insert = new NpgsqlCommand(Insert, connection);
        insert.Parameters.AddArray(rows, row => row.Id);
        insert.Parameters.AddArray(rows, row => row.SourceId);
        insert.Parameters.AddArray(rows, row => row.Protected);
        insert.Parameters.AddArray(rows, row => row.CreatedAt);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await using var clear = new NpgsqlCommand("UPDATE hub.sources SET protected_secrets = NULL WHERE id = ANY ($1)", connection);
        clear.Parameters.AddArray(readable.ToArray(), source => source.Id);
        await clear.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<List<(Guid Id, string[]? Secrets, DateTime CreatedAt)>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = new List<(Guid, string[]?, DateTime)>();
        await using var command = new NpgsqlCommand(
            "SELECT id, protected_secrets, created_at FROM hub.sources WHERE protected_secrets IS NOT NULL AND deleted_at IS NULL ORDER BY id FOR UPDATE", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var source = reader.GetGuid(0);
            var secrets = vault.TryReveal(reader.GetFieldValue<byte[]>(1), out var list) ? JsonSerializer.Deserialize<string[]>(list) : null;
            if (secrets is null)
            {
                Log.Unreadable(logger, source);
            }

            found.Add((source, secrets, reader.GetDateTime(2)));
        }

        return found;
    }

    // The first one of the list is the newest: it is the one that handshakes are answered with.
    private IEnumerable<(Guid Id, Guid SourceId, byte[] Protected, DateTime CreatedAt)> Rows(Guid source, string[] secrets, DateTime createdAt) =>
        secrets.Select((secret, i) => (
            Guid.CreateVersion7(time.GetUtcNow()), source, vault.Protect(Encoding.UTF8.GetBytes(secret)), createdAt.AddMicroseconds(-i)));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The secrets of Source {Source} cannot be decrypted, since the key ring lacks their key. They wait for a start with that key.")]
        public static partial void Unreadable(ILogger logger, Guid source);
    }
}
