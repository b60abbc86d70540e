using System.Text;
using Npgsql;

namespace Hub.Storage.Deliveries;

/// <summary>
/// Finds requests, accepted or not, the newest first. Source and time are found by index. What only the rows tell (text, event type, key) is looked
/// for in runs of some thousand rows, for a few seconds at most; the answer then says where to go on.
/// </summary>
public sealed class DeliverySearch(HubDatabase database, TimeProvider time)
{
    private const int Run = 5000;
    private const long RunBytes = 128L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly Guid Beyond = new(Enumerable.Repeat((byte)255, 16).ToArray());

    /// <summary>
    /// Rows are read in the order of the index until there are enough. However few PostgreSQL believes there are, to read all that match and sort them can
    /// take minutes.
    /// </summary>
    internal const string InOrder = "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off";

    internal static readonly DeliveryTable[] Tables =
    [
        new(
            "deliveries",
            DeliveryVerdicts.Accepted,
            $"'{DeliveryVerdictText.Accepted}', method, content_type, event_type, dedupe_key, octet_length(body), executions::int, decisions, "
                + "NULL::uuid, NULL::json",
            HasBody: true,
            HasEvent: true
        ),
        new(
            "duplicates",
            DeliveryVerdicts.Duplicate,
            $"'{DeliveryVerdictText.Duplicate}', NULL, NULL, NULL, NULL, NULL::int, 0, NULL::json, first_id, NULL::json",
            HasBody: false,
            HasEvent: false
        ),
        new(
            "quarantine",
            DeliveryVerdicts.Quarantined,
            "verdict, method, content_type, NULL, NULL, octet_length(body), 0, NULL::json, NULL::uuid, diagnosis",
            HasBody: true,
            HasEvent: false
        ),
    ];

    public async Task<DeliveryPage> FindAsync(DeliveryQuery query, int limit, CancellationToken cancellationToken)
    {
        var tables = Tables.Where(table => table.CanMatch(query)).ToArray();
        var rows = new List<DeliveryRow>();
        var lowest = query.From is { } from ? TimedId.FirstOf(from) : Guid.Empty;
        var end = Smaller(query.Before ?? Beyond, query.To is { } to ? TimedId.FirstOf(to) : Beyond);
        var started = time.GetTimestamp();
        await using var connection = await database.ApiSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var inOrder = new NpgsqlCommand(InOrder, connection))
        {
            await inOrder.ExecuteNonQueryAsync(cancellationToken);
        }

        while (tables.Length > 0 && end > lowest)
        {
            var floor = query.NeedsScan ? await FloorAsync(connection, tables, query, lowest, end, cancellationToken) : lowest;
            await ReadAsync(connection, tables, query, floor, end, limit + 1 - rows.Count, rows, cancellationToken);
            if (rows.Count > limit)
            {
                return new DeliveryPage(rows[..limit], rows[limit - 1].Id);
            }

            end = floor;
            if (end > lowest && time.GetElapsedTime(started) > Patience)
            {
                return new DeliveryPage(rows, end);
            }
        }

        return new DeliveryPage(rows, null);
    }

    /// <summary>The id down to which the next run reaches: some thousand rows, or as many as hold so many bytes where those are read.</summary>
    private static async Task<Guid> FloorAsync(
        NpgsqlConnection connection,
        DeliveryTable[] tables,
        DeliveryQuery query,
        Guid lowest,
        Guid end,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        command.CommandText =
            $"SELECT id FROM ({string.Join(" UNION ALL ", tables.Select(table => $"({table.Floor(query, Run, RunBytes)})"))}) f ORDER BY id DESC LIMIT 1";
        AddRange(command, query, lowest, end);
        return await command.ExecuteScalarAsync(cancellationToken) is Guid floor ? floor : lowest;
    }

    private static async Task ReadAsync(
        NpgsqlConnection connection,
        DeliveryTable[] tables,
        DeliveryQuery query,
        Guid floor,
        Guid end,
        int limit,
        List<DeliveryRow> rows,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        command.CommandText =
            $"SELECT * FROM ({string.Join(" UNION ALL ", tables.Select(table => $"({table.Select(query, limit)})"))}) found ORDER BY id DESC LIMIT {limit}";
        AddRange(command, query, floor, end);
        Add(command, "event", query.EventType);
        Add(command, "key", query.Key);
        Add(command, "text", query.Text is { } text ? Encoding.UTF8.GetBytes(text) : null);
        Add(command, "outcome", query.Outcome);
        Add(command, "verdicts", DeliveryTable.NamesOf(query.Verdicts));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(Row(reader));
        }
    }

    private static DeliveryRow Row(NpgsqlDataReader reader) =>
        new(
            reader.GetGuid(0),
            reader.GetGuid(1),
            reader.GetFieldValue<DateTimeOffset>(2),
            reader.GetString(3),
            Text(reader, 4),
            Text(reader, 5),
            Text(reader, 6),
            Text(reader, 7),
            reader.IsDBNull(8) ? null : reader.GetInt32(8),
            reader.GetInt32(9),
            Text(reader, 10),
            reader.IsDBNull(11) ? null : reader.GetGuid(11),
            Text(reader, 12)
        );

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static void AddRange(NpgsqlCommand command, DeliveryQuery query, Guid lowest, Guid end)
    {
        Add(command, "lowest", lowest);
        Add(command, "end", end);
        Add(command, "source", query.Sources?.ToArray());
    }

    private static void Add(NpgsqlCommand command, string name, object? value)
    {
        if (value is not null && command.CommandText.Contains($"@{name}", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue(name, value);
        }
    }

    private static Guid Smaller(Guid left, Guid right) => left < right ? left : right;
}
