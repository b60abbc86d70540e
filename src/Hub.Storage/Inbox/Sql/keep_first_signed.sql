-- As keep_first.sql, for batches with deliveries that have several keys: of what their signature covers, and by their id or not.
-- One is a duplicate when all that its signature covers is known, or when its id is.
-- One whose signed keys are known does not claim its id: that may be another's, put there by whoever sends a request again.
-- Safe between nodes: the primary key of delivery_keys lets one delivery of a key in and makes rivals wait for its commit;
-- signed keys are taken in order, then ids in order, so that two batches cannot wait for each other: no key is of both kinds. A key whose
-- window has passed changes hands; it begins when the delivery is let in, which out of quarantine is later than its receipt.
WITH incoming AS (
    SELECT * FROM {d.rows}
), signed AS (
    SELECT s.id, s.key, i.source_id, greatest(i.received_at, now()) + make_interval(secs => i.dedupe_seconds) AS expires_at
    FROM {s.rows} JOIN incoming i ON i.id = s.id
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
-- include Inbox/Sql/keep_judged.sql
