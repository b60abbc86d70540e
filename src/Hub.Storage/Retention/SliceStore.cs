using System.Globalization;
using Hub.Storage.Queue;
using Npgsql;

namespace Hub.Storage.Retention;

/// <summary>Makes and drops the slices of sliced tables. Names come from numbers and times only.</summary>
public sealed class SliceStore(HubDatabase database, HubNode node)
{
    private static readonly string ExpireSliceSql = SqlText.Load("Retention/Sql/expire_slice.sql");
    private static readonly string DropQuarantineSql = SqlText.Load("Quarantine/Sql/drop_slice.sql");
    private static readonly string ExpireRestSql = SqlText.Load("Retention/Sql/expire_rest.sql");
    private static readonly string NeededSql = SqlText.Load("Retention/Sql/needed.sql");
    private static readonly string ForgetKeysSql = SqlText.Load("Retention/Sql/forget_keys.sql");
    private static readonly string ForgetCountsSql = SqlText.Load("Retention/Sql/forget_counts.sql");

    private const int Some = 10_000;

    private const string ColumnsSql =
        "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = 'hub' AND "
        + "table_name = $1";

    private const string OftenVacuumed = " WITH (autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_vacuum_scale_factor = 0.05)";

    /// <summary>Waiting longer for a table would hold up those who write to it.</summary>
    private const string ShortWait = "SET LOCAL lock_timeout = '500ms'";

    /// <summary>Makes a partition of its own for one Source's deliveries, in the transaction of the connection; its number.</summary>
    public static async Task<int> AddPartitionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var partition = (int)await AskAsync<long>(connection, "SELECT nextval('hub.retention_partitions')", cancellationToken);
        var parent = PartitionPolicy.ParentOf(partition);
        await RunAsync(connection, $"CREATE TABLE hub.{parent} (LIKE hub.deliveries INCLUDING ALL) PARTITION BY RANGE (id)", cancellationToken);
        await RunAsync(connection, $"CREATE TABLE hub.{parent}_rest PARTITION OF hub.{parent} DEFAULT", cancellationToken);
        await RunAsync(connection, $"ALTER TABLE hub.deliveries ATTACH PARTITION hub.{parent} FOR VALUES IN ({partition})", cancellationToken);
        return partition;
    }

    /// <summary>Drops a partition that nothing lies on any more and whose Source is gone; false when something does.</summary>
    public async Task<bool> RemovePartitionAsync(int partition, CancellationToken cancellationToken)
    {
        var parent = PartitionPolicy.ParentOf(partition);
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, ShortWait, cancellationToken);
        await RunAsync(connection, $"LOCK TABLE hub.{parent} IN ACCESS EXCLUSIVE MODE", cancellationToken);
        if (await AskAsync<bool>(connection, $"SELECT EXISTS (SELECT FROM hub.{parent})", cancellationToken))
        {
            return false;
        }

        await RunAsync(connection, $"DROP TABLE hub.{parent}", cancellationToken);
        await RunAsync(connection, "DELETE FROM hub.slices WHERE parent = $1", cancellationToken, parent);
        await RunAsync(connection, "UPDATE hub.sources SET retention_partition = 0 WHERE retention_partition = $1", cancellationToken, partition);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The database's clock: the nodes' may differ.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        return new DateTimeOffset(await AskAsync<DateTime>(connection, "SELECT now()", cancellationToken));
    }

    /// <summary>The slices of a table, the oldest first.</summary>
    public async Task<IReadOnlyList<Slice>> ListAsync(string parent, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            "SELECT name, from_at, to_at, coalesce(pg_total_relation_size(to_regclass('hub.' || name)), 0) FROM hub.slices WHERE parent = $1 ORDER BY from_at"
        );
        command.Parameters.AddWithValue(parent);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var slices = new List<Slice>();
        while (await reader.ReadAsync(cancellationToken))
        {
            slices.Add(new(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetInt64(3)));
        }

        return slices;
    }

    /// <summary>Makes a slice; rows that already arrived for it are moved into it.</summary>
    public async Task AddAsync(string parent, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{parent}_{from:yyyyMMddHH}");
        var (first, end) = (TimedId.FirstOf(from), TimedId.FirstOf(to));
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, ShortWait, cancellationToken);
        await RunAsync(
            connection,
            $"CREATE TABLE hub.{name} (LIKE hub.{parent} INCLUDING ALL){(parent == PartitionPolicy.Quarantine ? OftenVacuumed : "")}",
            cancellationToken
        );
        var columns = await AskAsync<string>(connection, ColumnsSql, cancellationToken, name);
        await RunAsync(connection, $"LOCK TABLE hub.{parent}_rest IN ACCESS EXCLUSIVE MODE", cancellationToken);
        await RunAsync(
            connection,
            $"WITH moved AS (DELETE FROM hub.{parent}_rest WHERE id >= $1 AND id < $2 RETURNING *) INSERT INTO hub.{name} ({columns}) SELECT {columns} "
                + "FROM moved",
            cancellationToken,
            first,
            end
        );
        await RunAsync(connection, $"ALTER TABLE hub.{parent} ATTACH PARTITION hub.{name} FOR VALUES FROM ('{first}') TO ('{end}')", cancellationToken);
        await RunAsync(connection, "INSERT INTO hub.slices (name, parent, from_at, to_at) VALUES ($1, $2, $3, $4)", cancellationToken, name, parent, from, to);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Drops a slice and carries its rows over to the ledger's counts. The few that unfinished executions or open dead letters still need stay, outside of
    /// slices; how many those are.
    /// </summary>
    public async Task<int> DropAsync(PartitionPolicy partition, Slice slice, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, ShortWait, cancellationToken);

        // A delivery that is committed while this looks would be neither needed nor counted, and gone. Who reads need not wait.
        await RunAsync(connection, $"LOCK TABLE hub.{slice.Name} IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
        var needed = partition.IsDeliveries ? await NeededAsync(slice, cancellationToken) : [];
        await RunAsync(
            connection,
            Named(partition.IsQuarantine ? DropQuarantineSql : ExpireSliceSql, partition).Replace("{slice}", slice.Name, StringComparison.Ordinal),
            cancellationToken,
            node.Id,
            needed
        );
        await RunAsync(connection, $"ALTER TABLE hub.{partition.Parent} DETACH PARTITION hub.{slice.Name}", cancellationToken);
        var columns = await AskAsync<string>(connection, ColumnsSql, cancellationToken, slice.Name);
        var stay =
            needed.Length == 0
                ? 0
                : await RunAsync(
                    connection,
                    $"INSERT INTO hub.{partition.Parent} ({columns}) SELECT {columns} FROM hub.{slice.Name} WHERE id = ANY ($1)",
                    cancellationToken,
                    needed
                );
        await RunAsync(connection, $"DROP TABLE hub.{slice.Name}", cancellationToken);
        await RunAsync(connection, "DELETE FROM hub.slices WHERE name = $1", cancellationToken, slice.Name);
        await transaction.CommitAsync(cancellationToken);
        return stay;
    }

    /// <summary>Whether all rows of a slice have left it.</summary>
    public async Task<bool> IsEmptyAsync(Slice slice, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        return !await AskAsync<bool>(connection, $"SELECT EXISTS (SELECT FROM hub.{slice.Name})", cancellationToken);
    }

    /// <summary>Removes old rows that are in no slice, some at a time; how many.</summary>
    public async Task<int> ExpireRestAsync(PartitionPolicy partition, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        var all = 0;
        for (var gone = Some; gone == Some; all += gone)
        {
            gone = (int)await AskAsync<long>(connection, Named(ExpireRestSql, partition), cancellationToken, node.Id, TimedId.FirstOf(before), Some);
        }

        return all;
    }

    /// <summary>Forgets dedupe keys whose window has passed, some at a time.</summary>
    public async Task ForgetKeysAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        while (await RunAsync(connection, ForgetKeysSql, cancellationToken, Some) == Some)
        {
            // The next some.
        }
    }

    /// <summary>Forgets the ledger's counts that are older than so many days.</summary>
    public async Task ForgetCountsAsync(int days, CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        await RunAsync(connection, ForgetCountsSql, cancellationToken, days);
    }

    private async Task<Guid[]> NeededAsync(Slice slice, CancellationToken cancellationToken)
    {
        await using var connection = await database.HotSource.OpenConnectionAsync(cancellationToken);
        return await AskAsync<Guid[]>(connection, NeededSql, cancellationToken, TimedId.FirstOf(slice.From), TimedId.FirstOf(slice.To));
    }

    private static string Named(string sql, PartitionPolicy partition) =>
        sql.Replace("{column}", partition.IsDeliveries ? "expired" : "expired_duplicates", StringComparison.Ordinal)
            .Replace("{parent}", partition.Parent, StringComparison.Ordinal);

    private static async Task<int> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<T> AskAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
