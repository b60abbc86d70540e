-- Takes requests out of quarantine and out of its count; the same transaction keeps them as deliveries and counts them there. Of two rivals the
-- second finds nothing here and its delivery there already, and is refused by the primary key.
WITH gone AS (
    DELETE FROM hub.quarantine WHERE id = ANY ($1) RETURNING source_id, received_at
)
INSERT INTO hub.intake_counts AS c (source_id, minute, node, lane, received, quarantined)
SELECT source_id, date_trunc('minute', received_at), $2, -3, -count(*), -count(*) FROM gone GROUP BY 1, 2 ORDER BY 1, 2
ON CONFLICT (source_id, minute, node, lane) DO UPDATE SET received = c.received + excluded.received, quarantined = c.quarantined + excluded.quarantined
