-- One statement, one flush, for a batch of deliveries and the executions they start.
-- Safe between nodes: the primary key of delivery_keys lets one delivery of a key in and makes rivals wait for its commit;
-- keys are taken in order, so that two batches cannot wait for each other.
WITH incoming AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[])
        AS d (id, source_id, received_at, method, query, content_type, headers, dedupe_key, body)
), first AS (
    INSERT INTO hub.delivery_keys (source_id, key, delivery_id, received_at)
    SELECT source_id, dedupe_key, id, received_at FROM incoming WHERE dedupe_key IS NOT NULL ORDER BY source_id, dedupe_key, id
    ON CONFLICT DO NOTHING
    RETURNING delivery_id
), kept AS (
    INSERT INTO hub.deliveries (id, source_id, received_at, method, query, content_type, headers, dedupe_key, body)
    SELECT id, source_id, received_at, method, query, content_type, headers::json, dedupe_key, body FROM incoming
    WHERE dedupe_key IS NULL OR id IN (SELECT delivery_id FROM first)
    RETURNING id
)
INSERT INTO hub.executions (id, workflow_id, version, trigger, delivery_id, input, replay_of, created_at, status, wake_at, lease_node, claim, claimed_at, started_at)
SELECT e.id, e.workflow_id, e.version, e.trigger, e.delivery_id, e.input::json, e.replay_of, e.created_at,
       CASE WHEN e.leased THEN 'running' ELSE 'pending' END,
       CASE WHEN e.leased THEN NULL ELSE now() END,
       CASE WHEN e.leased THEN $19::uuid END,
       CASE WHEN e.leased THEN 1 ELSE 0 END,
       CASE WHEN e.leased THEN now() END,
       CASE WHEN e.leased THEN now() END
FROM unnest($10::uuid[], $11::uuid[], $12::int[], $13::text[], $14::uuid[], $15::text[], $16::uuid[], $17::timestamptz[], $18::boolean[])
    AS e (id, workflow_id, version, trigger, delivery_id, input, replay_of, created_at, leased)
WHERE e.delivery_id IS NULL OR e.delivery_id IN (SELECT id FROM kept) OR e.trigger = 'replay'
