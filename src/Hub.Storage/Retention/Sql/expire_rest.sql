-- Rows that arrived when there was no slice for them (a clock far off, a release from quarantine), or that outlived theirs, go some at a time.
-- Whether one is still needed is looked up for each: as EXISTS it could become a reading of all executions.
WITH old AS (
    SELECT r.ctid FROM hub.{parent}_rest r
    WHERE r.id < $2
      AND coalesce(
          (SELECT true FROM hub.executions e WHERE e.delivery_id = r.id AND e.finished_at IS NULL LIMIT 1),
          (SELECT true FROM hub.dead_letters l WHERE l.delivery_id = r.id AND l.status = 'open' LIMIT 1)) IS NULL
    ORDER BY r.id LIMIT $3
), gone AS (
    DELETE FROM hub.{parent}_rest r USING old WHERE r.ctid = old.ctid RETURNING r.source_id, r.received_at
), counted AS (
    INSERT INTO hub.intake_counts AS c (source_id, minute, node, writer, {column})
    SELECT source_id, date_trunc('minute', received_at), $1, -4, count(*) FROM gone GROUP BY 1, 2
    ON CONFLICT (source_id, minute, node, writer) DO UPDATE SET {column} = c.{column} + excluded.{column}
)
SELECT count(*) FROM gone
