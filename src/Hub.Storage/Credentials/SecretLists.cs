using System.Text;
using System.Text.Json;
using Npgsql;

namespace Hub.Storage.Credentials;

/// <summary>Divides rows that hold all secrets of a Source as one encrypted list, known by their first byte, into a row for each secret.</summary>
internal sealed class SecretLists(SecretVault vault, TimeProvider time)
{
    private static readonly string Insert = SqlText.Load("Sources/Sql/insert_secrets.sql");

    /// <summary>Gives how many lists stay as they are, since they cannot be decrypted.</summary>
    public async Task<int> DivideAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var lists = await ReadAsync(connection, cancellationToken);
        var readable = lists.FindAll(list => list.Secrets is not null).ToArray();
        var rows = readable.SelectMany(RowsOf).ToArray();
        await using var insert = new NpgsqlCommand(Insert, connection);
        insert.Parameters.AddArray(rows, row => row.Id);
        insert.Parameters.AddArray(rows, row => row.Source);
        insert.Parameters.AddArray(rows, row => row.Protected);
        insert.Parameters.AddArray(rows, row => row.CreatedAt);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await using var remove = new NpgsqlCommand("DELETE FROM hub.source_secrets WHERE id = ANY ($1)", connection);
        remove.Parameters.AddArray(readable, list => list.Id);
        await remove.ExecuteNonQueryAsync(cancellationToken);
        return lists.Count - readable.Length;
    }

    private async Task<List<SecretList>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = new List<SecretList>();
        await using var command = new NpgsqlCommand(
            "SELECT id, source_id, substring(protected FROM 2), created_at FROM hub.source_secrets WHERE substring(protected FROM 1 FOR 1) = '\\x01' FOR "
                + "UPDATE",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var secrets = vault.TryRevealUnbound(reader.GetFieldValue<byte[]>(2), out var list) ? JsonSerializer.Deserialize<string[]>(list) : null;
            found.Add(new SecretList(reader.GetGuid(0), reader.GetGuid(1), secrets, reader.GetDateTime(3)));
        }

        return found;
    }

    // The first one of the list is the newest: it is the one that handshakes are answered with.
    private IEnumerable<(Guid Id, Guid Source, byte[] Protected, DateTime CreatedAt)> RowsOf(SecretList list) =>
        list.Secrets!.Select(
            (secret, i) =>
            {
                var id = Guid.CreateVersion7(time.GetUtcNow());
                return (
                    id,
                    list.Source,
                    vault.Protect(SecretPlace.SourceSecret(id, list.Source), Encoding.UTF8.GetBytes(secret)),
                    list.CreatedAt.AddMicroseconds(-i)
                );
            }
        );

    private readonly record struct SecretList(Guid Id, Guid Source, string[]? Secrets, DateTime CreatedAt);
}
