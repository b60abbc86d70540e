-- Deliveries with one key each, and the executions they start; returns the duplicates among them with the first of each. One statement, as which executions start depends
-- on what is kept.
-- Safe between nodes: the primary key of delivery_keys lets one delivery of a key in and makes rivals wait for its commit;
-- keys are taken in order, so that two batches cannot wait for each other: those of signed content, which begin with a space, before ids. A key whose window has passed changes hands; it
-- begins when the delivery is let in, which out of quarantine is later than its receipt.
WITH incoming AS (
    SELECT * FROM {d.rows}
), keys AS (
    INSERT INTO hub.delivery_keys AS k (source_id, key, delivery_id, expires_at)
    SELECT DISTINCT ON (key NOT LIKE ' %', source_id, key) source_id, key, id, greatest(received_at, now()) + make_interval(secs => dedupe_seconds)
    FROM incoming ORDER BY key NOT LIKE ' %', source_id, key, id
    ON CONFLICT (source_id, key) DO UPDATE
    SET delivery_id = CASE WHEN k.expires_at > now() THEN k.delivery_id ELSE excluded.delivery_id END,
        expires_at = CASE WHEN k.expires_at > now() THEN k.expires_at ELSE excluded.expires_at END
    RETURNING k.source_id, k.key, k.delivery_id
), judged AS (
    SELECT i.*, k.delivery_id AS first_id
    FROM incoming i JOIN keys k ON k.source_id = i.source_id AND k.key = i.key
-- include Inbox/Sql/keep_judged.sql
