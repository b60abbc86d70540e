-- Takes requests out of quarantine and out of its count; the same transaction keeps them as deliveries and counts them there. Of two rivals, be
-- the other one a release or a trim, the second finds a request gone: it must not be kept again, so the statement fails by a cast that says why.
WITH gone AS (
    DELETE FROM hub.quarantine WHERE id = ANY ($1) RETURNING source_id, received_at
), counted AS (
    INSERT INTO hub.intake_counts AS c (source_id, minute, node, writer, received, quarantined)
    SELECT source_id, date_trunc('minute', received_at), $2, -3, -count(*), -count(*) FROM gone GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (source_id, minute, node, writer) DO UPDATE SET received = c.received + excluded.received, quarantined = c.quarantined + excluded.quarantined
)
SELECT NULL::uuid, NULL::uuid, NULL::boolean FROM (SELECT count(*) AS rows FROM gone) g
WHERE CASE WHEN g.rows = cardinality($1) THEN false ELSE ('no longer in quarantine: ' || (cardinality($1) - g.rows))::int = 0 END
