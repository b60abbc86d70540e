-- Accounts for every request of a span of minutes, by Source: the rows on one side, the counts made when they were written on the other.
-- One statement is one snapshot, so work that goes on meanwhile cannot make the sums differ. Executions are found by the range of their deliveries' ids.
WITH delivery AS MATERIALIZED (
    SELECT id, source_id, executions, decisions IS NOT NULL AS decided FROM hub.deliveries WHERE id >= $3 AND id < $4
), outcome AS (
    SELECT e.delivery_id,
           count(*) AS started,
           bool_or(e.finished_at IS NULL) AS is_open,
           bool_or(e.status = 'failed') AS has_failed,
           bool_and(e.status = 'cancelled') AS was_cancelled
    FROM hub.executions e
    WHERE e.delivery_id >= $3 AND e.delivery_id < $4 AND e.trigger = 'webhook'
    GROUP BY e.delivery_id
), kept AS (
    SELECT d.source_id,
           count(*) AS deliveries,
           count(*) FILTER (WHERE o.started >= d.executions AND NOT o.is_open AND NOT o.has_failed AND NOT o.was_cancelled) AS completed,
           count(*) FILTER (WHERE o.started >= d.executions AND NOT o.is_open AND o.has_failed) AS failed,
           count(*) FILTER (WHERE o.started >= d.executions AND NOT o.is_open AND o.was_cancelled) AS cancelled,
           count(*) FILTER (WHERE o.started >= d.executions AND o.is_open) AS in_progress,
           count(*) FILTER (WHERE d.executions = 0 AND o.started IS NULL AND d.decided) AS filtered,
           count(*) FILTER (WHERE d.executions = 0 AND o.started IS NULL AND NOT d.decided) AS unrouted
    FROM delivery d LEFT JOIN outcome o ON o.delivery_id = d.id
    GROUP BY d.source_id
), repeated AS (
    SELECT source_id, count(*) AS rows FROM hub.duplicates WHERE id >= $3 AND id < $4 GROUP BY source_id
), aside AS (
    SELECT source_id, count(*) AS rows FROM hub.quarantine WHERE id >= $3 AND id < $4 GROUP BY source_id
), turned_away AS (
    SELECT source_id, sum(count)::bigint AS count, json_object_agg(reason, count ORDER BY reason) AS reasons
    FROM (SELECT source_id, reason, sum(count)::bigint AS count FROM hub.refusals WHERE minute >= $1 AND minute < $2 GROUP BY source_id, reason) r
    GROUP BY source_id
), counted AS (
    SELECT source_id, sum(received)::bigint AS received, sum(expired)::bigint AS expired, sum(expired_duplicates)::bigint AS expired_duplicates
    FROM hub.intake_counts WHERE minute >= $1 AND minute < $2 GROUP BY source_id
), source AS (
    SELECT source_id FROM kept UNION SELECT source_id FROM repeated UNION SELECT source_id FROM aside UNION SELECT source_id FROM turned_away UNION SELECT source_id FROM counted
)
SELECT s.source_id,
       n.name,
       coalesce(c.received, 0),
       coalesce(k.deliveries, 0) + coalesce(c.expired, 0),
       coalesce(r.rows, 0) + coalesce(c.expired_duplicates, 0),
       coalesce(t.count, 0),
       coalesce(a.rows, 0),
       coalesce(k.completed, 0),
       coalesce(k.failed, 0),
       coalesce(k.cancelled, 0),
       coalesce(k.filtered, 0),
       coalesce(k.unrouted, 0),
       coalesce(k.in_progress, 0),
       coalesce(c.expired, 0),
       t.reasons
FROM source s
LEFT JOIN hub.sources n ON n.id = s.source_id
LEFT JOIN kept k USING (source_id)
LEFT JOIN repeated r USING (source_id)
LEFT JOIN aside a USING (source_id)
LEFT JOIN turned_away t USING (source_id)
LEFT JOIN counted c USING (source_id)
ORDER BY n.name, s.source_id
