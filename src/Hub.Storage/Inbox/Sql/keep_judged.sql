-- The end of keep_first.sql and keep_first_signed.sql: keeps what is the first under its keys, notes what repeats it, counts both, and starts what is
-- wanted of what is kept.
), kept AS (
    INSERT INTO hub.deliveries (retention_partition, id, source_id, received_at, method, query, content_type, headers, dedupe_key, event_type, executions, decisions, handling, body)
    SELECT retention_partition, id, source_id, received_at, method, query, content_type, headers::json, dedupe_key, event_type, executions, decisions::json, handling, body
    FROM judged WHERE first_id = id
    RETURNING id, source_id, received_at
), repeated AS (
    INSERT INTO hub.duplicates (id, source_id, received_at, first_id)
    SELECT id, source_id, received_at, first_id FROM judged WHERE first_id <> id
    RETURNING id, first_id, source_id, received_at
), counted AS (
    INSERT INTO hub.intake_counts AS c (source_id, minute, node, writer, received, accepted, duplicate)
    SELECT n.source_id, n.minute, $24::uuid, $25::smallint, sum(n.received), sum(n.accepted), sum(n.duplicate)
    FROM (
        SELECT source_id, date_trunc('minute', received_at) AS minute, 1 AS received, 0 AS accepted, 0 AS duplicate FROM incoming
        UNION ALL SELECT source_id, date_trunc('minute', received_at), 0, 1, 0 FROM kept
        UNION ALL SELECT source_id, date_trunc('minute', received_at), 0, 0, 1 FROM repeated
    ) n
    GROUP BY n.source_id, n.minute ORDER BY n.source_id, n.minute
    ON CONFLICT (source_id, minute, node, writer) DO UPDATE
    SET received = c.received + excluded.received, accepted = c.accepted + excluded.accepted, duplicate = c.duplicate + excluded.duplicate
), new_executions AS (
    INSERT INTO hub.executions (id, workflow_id, version, trigger, delivery_id, input, replay_of, created_at, status, wake_at, lease_node, claim, claimed_at, started_at)
    SELECT e.id, e.workflow_id, e.version, e.trigger, e.delivery_id, e.input::json, e.replay_of, e.created_at,
           CASE WHEN e.leased THEN 'running' ELSE 'pending' END,
           CASE WHEN e.leased THEN NULL ELSE now() END,
           CASE WHEN e.leased THEN $24::uuid END,
           CASE WHEN e.leased THEN 1 ELSE 0 END,
           CASE WHEN e.leased THEN now() END,
           CASE WHEN e.leased THEN now() END
    FROM unnest($15::uuid[], $16::uuid[], $17::int[], $18::text[], $19::uuid[], $20::text[], $21::uuid[], $22::timestamptz[], $23::boolean[])
        AS e (id, workflow_id, version, trigger, delivery_id, input, replay_of, created_at, leased)
    WHERE e.delivery_id IN (SELECT id FROM kept)
)
SELECT id, first_id, NULL::boolean FROM repeated
