-- Counts what a slice held as refused and not kept, just before it is dropped in the same transaction.
WITH gone AS (
    SELECT source_id, date_trunc('minute', received_at) AS minute, count(*) AS count FROM hub.{slice} WHERE id <> ALL ($2) GROUP BY 1, 2 ORDER BY 1, 2
), counted AS (
    INSERT INTO hub.intake_counts AS c (source_id, minute, node, writer, quarantined, refused)
    SELECT source_id, minute, $1, -2, -count, count FROM gone
    ON CONFLICT (source_id, minute, node, writer) DO UPDATE SET quarantined = c.quarantined + excluded.quarantined, refused = c.refused + excluded.refused
)
INSERT INTO hub.refusals AS r (source_id, minute, node, reason, count)
SELECT source_id, minute, $1, 'left_quarantine', count FROM gone
ON CONFLICT (source_id, minute, node, reason) DO UPDATE SET count = r.count + excluded.count
