-- Rows that arrived when there was no slice for them (a clock far off, a release from quarantine), or that outlived theirs, go some at a time.
WITH old AS (
    SELECT r.id FROM hub.{parent}_rest r
    WHERE r.id < $2
      AND NOT EXISTS (SELECT FROM hub.executions e WHERE e.delivery_id = r.id AND e.finished_at IS NULL)
      AND NOT EXISTS (SELECT FROM hub.dead_letters l WHERE l.delivery_id = r.id AND l.status = 'open')
    ORDER BY r.id LIMIT $3
), gone AS (
    DELETE FROM hub.{parent}_rest r USING old WHERE r.id = old.id RETURNING r.source_id, r.received_at
), counted AS (
    INSERT INTO hub.intake_counts AS c (source_id, minute, node, lane, {column})
    SELECT source_id, date_trunc('minute', received_at), $1, -4, count(*) FROM gone GROUP BY 1, 2
    ON CONFLICT (source_id, minute, node, lane) DO UPDATE SET {column} = c.{column} + excluded.{column}
)
SELECT count(*) FROM gone
