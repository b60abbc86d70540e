using Hub.Storage.Credentials;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Hub.Storage.Sources;

/// <summary>
/// Encrypts the addresses that the database's upgrade left in the clear, known by their first byte; only after it is known that the key ring is the
/// database's. Row locks let a second node that starts wait and then find nothing to do.
/// </summary>
public sealed class AddressProtection(HubDatabase database, SecretVault vault) : IHostedService
{
    private const string Find =
        "SELECT id, source_id, substring(protected FROM 2) FROM hub.source_addresses WHERE substring(protected FROM 1 FOR 1) = '\\x01' ORDER BY id FOR UPDATE";
    private const string Change =
        "UPDATE hub.source_addresses AS kept SET protected = changed.token FROM unnest($1, $2) AS changed (id, token) WHERE kept.id = changed.id";

    /// <summary>Whether a row waits for it.</summary>
    public static bool IsInTheClear(SourceAddress row) => row.Protected is [1, ..];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await ReadAsync(connection, cancellationToken);
        if (rows.Length == 0)
        {
            return;
        }

        await using var change = new NpgsqlCommand(Change, connection);
        change.Parameters.AddArray(rows, row => row.Id);
        change.Parameters.AddArray(rows, row => row.Protected);
        await change.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<(Guid Id, byte[] Protected)[]> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = new List<(Guid, byte[])>();
        await using var command = new NpgsqlCommand(Find, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            found.Add((id, vault.Protect(SecretPlace.Address(id, reader.GetGuid(1)), reader.GetFieldValue<byte[]>(2))));
        }

        return [.. found];
    }
}
