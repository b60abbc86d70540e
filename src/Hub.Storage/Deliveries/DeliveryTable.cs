using System.Text;

namespace Hub.Storage.Deliveries;

/// <summary>One of the tables that hold requests, and what of a query it can answer.</summary>
/// <param name="Columns">The list's columns after id, source and time.</param>
internal sealed record DeliveryTable(string Name, DeliveryVerdicts Verdicts, string Columns, bool HasBody, bool HasEvent)
{
    /// <summary>What became of a delivery. It is asked row by row: joined, the executions might be read whole.</summary>
    private const string Outcome = """
        (SELECT CASE WHEN count(*) = 0 THEN CASE WHEN deliveries.decisions IS NULL THEN 'unrouted' ELSE 'filtered' END
                     WHEN bool_or(e.finished_at IS NULL) THEN 'in_progress'
                     WHEN bool_or(e.status = 'failed') THEN 'failed'
                     WHEN bool_and(e.status = 'cancelled') THEN 'cancelled'
                     ELSE 'completed' END
         FROM hub.executions e WHERE e.delivery_id = deliveries.id AND e.trigger = 'webhook')
        """;

    private static readonly (DeliveryVerdicts Verdict, string Name)[] Refused =
    [
        (DeliveryVerdicts.BadSignature, DeliveryVerdictText.BadSignature),
        (DeliveryVerdicts.Stale, DeliveryVerdictText.Stale),
        (DeliveryVerdicts.Missing, DeliveryVerdictText.Missing),
    ];

    public static string[] NamesOf(DeliveryVerdicts verdicts) => [.. Refused.Where(pair => verdicts.HasFlag(pair.Verdict)).Select(pair => pair.Name)];

    public bool CanMatch(DeliveryQuery query) =>
        (query.Verdicts & Verdicts) != DeliveryVerdicts.None
        && (HasBody || query.Text is null)
        && (HasEvent || (query.EventType is null && query.Key is null && query.Outcome is null));

    /// <summary>The newest rows that match.</summary>
    public string Select(DeliveryQuery query, int limit)
    {
        var sql = new StringBuilder($"SELECT id, source_id, received_at, {Columns} FROM hub.{Name} WHERE {Range(query)}");
        Add(sql, query.EventType is not null, "event_type = @event");
        Add(sql, query.Key is not null, "dedupe_key = @key");
        Add(sql, query.Text is not null, "position(@text IN body) > 0");
        Add(sql, query.Outcome is not null, $"{Outcome} = @outcome");
        Add(sql, Verdicts == DeliveryVerdicts.Quarantined && (query.Verdicts & Verdicts) != Verdicts, "verdict = ANY (@verdicts)");
        return OfEach(query, sql.Append($" {NewestFirst(query)} LIMIT {limit}").ToString());
    }

    /// <summary>Asks for the row at which a run of so many rows or bytes ends; none when there are fewer.</summary>
    public string Floor(DeliveryQuery query, int rows, long bytes)
    {
        var range = $"FROM hub.{Name} WHERE {Range(query)} {NewestFirst(query)}";
        return OfEach(
            query,
            query.Text is null
                ? $"SELECT id {range} OFFSET {rows} LIMIT 1"
                : "SELECT id FROM (SELECT id, row_number() OVER newest AS n, sum(size) OVER newest AS bytes FROM (SELECT id, octet_length(body) AS size "
                    + $"{range} LIMIT {rows + 1}) latest WINDOW newest AS (ORDER BY id DESC)) run WHERE n > {rows} OR bytes > {bytes} ORDER BY id DESC LIMIT 1"
        );
    }

    // Of a Source that has been silent for long, the index by id would be read through all the others' rows before the first of its own is found. As a list
    // of one the Source is no constant to PostgreSQL, so that only the index by Source and id has the rows in this order.
    private static string Range(DeliveryQuery query) =>
        query.Sources switch
        {
            null => "id >= @lowest AND id < @end",
            { Count: 1 } => "source_id = ANY (@source) AND id >= @lowest AND id < @end",
            _ => "source_id = ANY (ARRAY[one.source]) AND id >= @lowest AND id < @end",
        };

    /// <summary>Of several Sources each is asked for its own: together they have no order in the index.</summary>
    private static string OfEach(DeliveryQuery query, string sql) =>
        query.Sources is null or { Count: 1 } ? sql : $"SELECT of_one.* FROM unnest(@source) AS one (source), LATERAL ({sql}) of_one";

    private static string NewestFirst(DeliveryQuery query) => query.Sources is null ? "ORDER BY id DESC" : "ORDER BY source_id DESC, id DESC";

    private static void Add(StringBuilder sql, bool isAsked, string condition)
    {
        if (isAsked)
        {
            sql.Append(" AND ").Append(condition);
        }
    }
}
