-- As keep_first.sql, for batches with deliveries that have several keys: of what their signature covers, and by their id or not.
-- One is a duplicate when all that its signature covers is known, or when its id is.
-- One whose signed keys are known does not claim its id: that may be another's, put there by whoever sends a request again.
-- Safe between nodes: the primary key of delivery_keys lets one delivery of a key in and makes rivals wait for its commit;
-- signed keys are taken in order, then ids in order, so that two batches cannot wait for each other: no key is of both kinds. A key whose
-- window has passed changes hands; it begins when the delivery is let in, which out of quarantine is later than its receipt.
WITH incoming AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::int[], $10::text[], $11::smallint[],
                         $12::text[], $13::text[], $14::int[], $26::text[], $29::smallint[])
        AS d (id, source_id, received_at, method, query, content_type, headers, body, shelf, event_type, executions, decisions, dedupe_key, dedupe_seconds, key, handling)
), signed AS (
    SELECT s.id, s.key, i.source_id, greatest(i.received_at, now()) + make_interval(secs => i.dedupe_seconds) AS expires_at
    FROM unnest($27::uuid[], $28::text[]) AS s (id, key) JOIN incoming i ON i.id = s.id
), signed_keys AS (
    INSERT INTO hub.delivery_keys AS k (source_id, key, delivery_id, expires_at)
    SELECT DISTINCT ON (source_id, key) source_id, key, id, expires_at FROM signed ORDER BY source_id, key, id
    ON CONFLICT (source_id, key) DO UPDATE
    SET delivery_id = CASE WHEN k.expires_at > now() THEN k.delivery_id ELSE excluded.delivery_id END,
        expires_at = CASE WHEN k.expires_at > now() THEN k.expires_at ELSE excluded.expires_at END
    RETURNING k.source_id, k.key, k.delivery_id
), covered AS (
    SELECT s.id, bool_or(k.delivery_id = s.id) AS is_new, (array_agg(k.delivery_id ORDER BY k.delivery_id))[1] AS owner_id
    FROM signed s JOIN signed_keys k ON k.source_id = s.source_id AND k.key = s.key
    GROUP BY s.id
), keys AS (
    INSERT INTO hub.delivery_keys AS k (source_id, key, delivery_id, expires_at)
    SELECT DISTINCT ON (source_id, key) source_id, key, id, greatest(received_at, now()) + make_interval(secs => dedupe_seconds)
    FROM incoming i LEFT JOIN covered c USING (id)
    WHERE key IS NOT NULL AND c.is_new IS NOT FALSE
    ORDER BY source_id, key, id
    ON CONFLICT (source_id, key) DO UPDATE
    SET delivery_id = CASE WHEN k.expires_at > now() THEN k.delivery_id ELSE excluded.delivery_id END,
        expires_at = CASE WHEN k.expires_at > now() THEN k.expires_at ELSE excluded.expires_at END
    RETURNING k.source_id, k.key, k.delivery_id
), judged AS (
    -- The owner of a signed key may be a duplicate itself: then the delivery that it repeats is the first.
    SELECT i.*, CASE WHEN c.is_new IS FALSE THEN coalesce((SELECT d.first_id FROM hub.duplicates d WHERE d.id = c.owner_id), c.owner_id)
                     ELSE coalesce(k.delivery_id, i.id) END AS first_id
    FROM incoming i LEFT JOIN covered c USING (id) LEFT JOIN keys k ON k.source_id = i.source_id AND k.key = i.key
), kept AS (
    INSERT INTO hub.deliveries (shelf, id, source_id, received_at, method, query, content_type, headers, dedupe_key, event_type, executions, decisions, handling, body)
    SELECT shelf, id, source_id, received_at, method, query, content_type, headers::json, dedupe_key, event_type, executions, decisions::json, handling, body
    FROM judged WHERE first_id = id
    RETURNING id, source_id, received_at
), repeated AS (
    INSERT INTO hub.duplicates (id, source_id, received_at, first_id)
    SELECT id, source_id, received_at, first_id FROM judged WHERE first_id <> id
    RETURNING id, first_id, source_id, received_at
), counted AS (
    INSERT INTO hub.intake_counts AS c (source_id, minute, node, lane, received, accepted, duplicate)
    SELECT n.source_id, n.minute, $24::uuid, $25::smallint, sum(n.received), sum(n.accepted), sum(n.duplicate)
    FROM (
        SELECT source_id, date_trunc('minute', received_at) AS minute, 1 AS received, 0 AS accepted, 0 AS duplicate FROM incoming
        UNION ALL SELECT source_id, date_trunc('minute', received_at), 0, 1, 0 FROM kept
        UNION ALL SELECT source_id, date_trunc('minute', received_at), 0, 0, 1 FROM repeated
    ) n
    GROUP BY n.source_id, n.minute ORDER BY n.source_id, n.minute
    ON CONFLICT (source_id, minute, node, lane) DO UPDATE
    SET received = c.received + excluded.received, accepted = c.accepted + excluded.accepted, duplicate = c.duplicate + excluded.duplicate
), born AS (
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
