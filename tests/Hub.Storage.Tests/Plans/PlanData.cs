using Hub.Storage.Queue;
using Hub.Storage.Retention;

namespace Hub.Storage.Tests.Plans;

/// <summary>Four hours of a busy hub: 200,000 deliveries in slices of an hour, with their executions, of which 2,048 are leased and 1,000 rest.</summary>
internal static class PlanData
{
    public const int Many = 200_000;
    public const string Day = "20260301";
    public const string LastSlice = $"deliveries_0_{Day}13";

    /// <summary>All tables that grow, as autovacuum sees them.</summary>
    public static readonly string[] Tables =
    [
        "executions",
        "execution_steps",
        "dead_letters",
        "delivery_keys",
        "intake_counts",
        "refusals",
        .. PartitionsOf("quarantine"),
        .. PartitionsOf("deliveries"),
        .. PartitionsOf("duplicates"),
    ];

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    /// <summary>A Source that had all of the first few deliveries, and none since.</summary>
    public static Guid SilentSource { get; } = new("00000000-0000-0000-0000-0000000000aa");

    public static Guid LivingNode { get; } = new("00000000-0000-0000-0000-0000000000bb");

    /// <summary>The smallest id of an hour.</summary>
    public static Guid First(int hour) => TimedId.FirstOf(Start.AddHours(hour));

    public static string[] PartitionsOf(string table) =>
        table switch
        {
            "deliveries" => [.. Enumerable.Range(10, 4).Select(hour => $"deliveries_0_{Day}{hour}"), "deliveries_0_rest", "deliveries_rest"],
            "duplicates" => [.. Enumerable.Range(10, 4).Select(hour => $"duplicates_{Day}{hour}"), "duplicates_rest"],
            _ => [$"{table}_rest"],
        };

    public static async Task AddSlicesAsync(HubDatabase database)
    {
        var slices = new SliceStore(database, new HubNode());
        for (var hour = 0; hour < 4; hour++)
        {
            await slices.AddAsync("deliveries_0", Start.AddHours(hour), Start.AddHours(hour + 1), CancellationToken.None);
            await slices.AddAsync("duplicates", Start.AddHours(hour), Start.AddHours(hour + 1), CancellationToken.None);
        }
    }

    /// <summary>Rows <c>$1</c> to <c>$2</c> of all tables; the first 300 deliveries are the silent Source's.</summary>
    public static string[] Fill { get; } =
    [
        $"""
            CREATE TEMP TABLE row AS
            SELECT n, to_timestamp(ms / 1000.0) AS at, CASE WHEN n <= 300 THEN '{SilentSource}' ELSE md5((n % 20)::text)::uuid END AS source,
                   (lpad(to_hex(ms), 12, '0') || '7' || substr(md5('d' || n), 1, 3) || '8' || substr(md5('d' || n), 4, 15))::uuid AS delivery,
                   (lpad(to_hex(ms), 12, '0') || '7' || substr(md5('e' || n), 1, 3) || '8' || substr(md5('e' || n), 4, 15))::uuid AS execution,
                   n > {Many - 2048} AS leased, n BETWEEN {Many - 3047} AND {Many - 2048} AS resting, n % 400 = 0 AND n < {Many - 3047} AS failed
            FROM (SELECT n, {Start.ToUnixTimeMilliseconds()} + n * {4L * 3_600_000 / (Many + 1)} AS ms FROM generate_series($1, $2) n) numbered
            """,
        """
            INSERT INTO hub.deliveries (retention_partition, id, source_id, received_at, method, query, headers, executions, body)
            SELECT 0, delivery, source, at, 'POST', '', '{}', 1, '\x7b7d' FROM row
            """,
        $"""
            INSERT INTO hub.executions (id, workflow_id, version, trigger, delivery_id, status, wake_at, lease_node, claim, claimed_at, created_at,
                started_at, finished_at, error, idempotency_key, input_hash)
            SELECT execution, md5((n % 20)::text)::uuid, 1, 'webhook', delivery,
                   CASE WHEN leased THEN 'running' WHEN resting THEN 'waiting' WHEN failed THEN 'failed' ELSE 'completed' END,
                   CASE WHEN resting THEN at + interval '1 hour' END, CASE WHEN leased THEN '{LivingNode}'::uuid END, 1, at, at, at,
                   CASE WHEN NOT leased AND NOT resting THEN at END, CASE WHEN failed THEN json_build_object('code', 'code-' || n / 400 % 2) END,
                   CASE WHEN n % 10 = 0 THEN 'key-' || n END, CASE WHEN n % 10 = 0 THEN '\x00'::bytea END
            FROM row
            """,
        "INSERT INTO hub.execution_steps (execution_id, step_id, status, attempts) SELECT execution, 'send', 'completed', 1 FROM row",
        """
            INSERT INTO hub.dead_letters (id, execution_id, workflow_id, version, delivery_id, status, error, error_history, context, created_at)
            SELECT execution, execution, execution, 1, delivery, CASE WHEN n % 800 = 0 THEN 'open' ELSE 'replayed' END,
                   json_build_object('code', 'code-' || n / 400 % 2), '[]', '{}', at FROM row WHERE failed
            """,
        "INSERT INTO hub.delivery_keys (source_id, key, delivery_id, expires_at) SELECT source, 'key-' || n, delivery, now() + interval '1 day' FROM row "
            + "WHERE n % 4 = 0",
        "INSERT INTO hub.duplicates (id, source_id, received_at, first_id) SELECT execution, source, at, delivery FROM row WHERE n % 10 = 0 OR n <= 300",
        """
            INSERT INTO hub.quarantine (id, source_id, received_at, method, url, query, headers, verdict, reason, size, body)
            SELECT execution, source, at, 'POST', '', '', '{}', 'missing', '', 2, '\x7b7d' FROM row WHERE n % 10 = 0 OR n <= 300
            """,
        """
            INSERT INTO hub.intake_counts (source_id, minute, node, writer, received)
            SELECT source, date_trunc('minute', at) + n % 1000 * interval '1 minute', source, 0, 1
            FROM row WHERE n % 10 = 0 OR n <= 300 ON CONFLICT DO NOTHING
            """,
        """
            INSERT INTO hub.refusals (source_id, minute, node, reason, count)
            SELECT source, date_trunc('minute', at) + n % 1000 * interval '1 minute', source, 'rate_limited', 1
            FROM row WHERE n % 10 = 0 OR n <= 300 ON CONFLICT DO NOTHING
            """,
        "DROP TABLE row",
    ];
}
