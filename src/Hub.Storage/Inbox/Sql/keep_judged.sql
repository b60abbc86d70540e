-- The end of keep_first.sql and keep_first_signed.sql: keeps what is the first under its keys, notes what repeats it, counts both, and starts what is
-- wanted of what is kept.
), kept AS (
    INSERT INTO hub.deliveries ({d.columns})
    SELECT {d.values} FROM judged d WHERE d.first_id = d.id
    RETURNING id, source_id, received_at
), repeated AS (
    INSERT INTO hub.duplicates (id, source_id, received_at, first_id)
    SELECT id, source_id, received_at, first_id FROM judged WHERE first_id <> id
    RETURNING id, first_id, source_id, received_at
), counted AS (
    INSERT INTO hub.intake_counts AS c (source_id, minute, node, writer, received, accepted, duplicate)
    SELECT n.source_id, n.minute, {node}, {writer}, sum(n.received), sum(n.accepted), sum(n.duplicate)
    FROM (
        SELECT source_id, date_trunc('minute', received_at) AS minute, 1 AS received, 0 AS accepted, 0 AS duplicate FROM incoming
        UNION ALL SELECT source_id, date_trunc('minute', received_at), 0, 1, 0 FROM kept
        UNION ALL SELECT source_id, date_trunc('minute', received_at), 0, 0, 1 FROM repeated
    ) n
    GROUP BY n.source_id, n.minute ORDER BY n.source_id, n.minute
    ON CONFLICT (source_id, minute, node, writer) DO UPDATE
    SET received = c.received + excluded.received, accepted = c.accepted + excluded.accepted, duplicate = c.duplicate + excluded.duplicate
), new_executions AS (
-- include Inbox/Sql/start.sql
    WHERE e.delivery_id IN (SELECT id FROM kept)
)
SELECT id, first_id, NULL::boolean FROM repeated
