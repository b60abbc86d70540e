using System.Text.Json;
using Hub.Storage;
using Npgsql;

namespace Hub.Analytics.Ledger;

/// <summary>Accounts for every request that was received, from the rows themselves.</summary>
public sealed class ConservationLedger(HubDatabase database)
{
    private static readonly string LedgerSql = SqlText.Load(typeof(ConservationLedger).Assembly, "Ledger/ledger.sql");

    /// <summary>Both sides of the books can be millions of rows that PostgreSQL takes for one: compared each with each they would never end.</summary>
    private const string JoinByHash = "SET LOCAL enable_nestloop = off";

    /// <summary>The first minute that is counted; null when nothing was received yet. Rows older than that cannot be held against anything.</summary>
    public async Task<DateTimeOffset?> CountedSinceAsync(CancellationToken cancellationToken)
    {
        await using var command = database.ApiSource.CreateCommand("SELECT min(minute) FROM hub.intake_counts");
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime first ? new DateTimeOffset(first) : null;
    }

    /// <summary>One entry for each Source that received anything in <c>[from, to)</c>, both whole minutes.</summary>
    /// <exception cref="TimeoutException">The span holds too many rows to be summed in half a minute.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var connection = await database.ApiSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var byHash = new NpgsqlCommand(JoinByHash, connection))
        {
            await byHash.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(LedgerSql, connection) { CommandTimeout = 30 };
        command.Parameters.AddWithValue(from.ToUniversalTime());
        command.Parameters.AddWithValue(to.ToUniversalTime());
        command.Parameters.AddWithValue(TimedId.FirstOf(from));
        command.Parameters.AddWithValue(TimedId.FirstOf(to));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<LedgerEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(
                new LedgerEntry
                {
                    SourceId = reader.GetGuid(0),
                    Source = reader.IsDBNull(1) ? null : reader.GetString(1),
                    Received = reader.GetInt64(2),
                    Accepted = reader.GetInt64(3),
                    Duplicate = reader.GetInt64(4),
                    Refused = reader.GetInt64(5),
                    Quarantined = reader.GetInt64(6),
                    Completed = reader.GetInt64(7),
                    Failed = reader.GetInt64(8),
                    Cancelled = reader.GetInt64(9),
                    Filtered = reader.GetInt64(10),
                    Unrouted = reader.GetInt64(11),
                    InProgress = reader.GetInt64(12),
                    Expired = reader.GetInt64(13),
                    RefusedFor = reader.IsDBNull(14)
                        ? new Dictionary<string, long>(StringComparer.Ordinal)
                        : JsonSerializer.Deserialize<Dictionary<string, long>>(reader.GetString(14))!,
                }
            );
        }

        return entries;
    }
}
