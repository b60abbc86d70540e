-- Drops the oldest requests of a Source beyond its bounds and counts them as refused and not kept; answers what is left, and the bytes that went.
-- By age only what lies in no slice is dropped here: slices go whole. Two nodes that trim at once drop each row, and count it, once.
WITH ranked AS (
    SELECT id, size,
           row_number() OVER newest > $2 OR sum(size) OVER newest > $3
           OR received_at < now() - make_interval(days => $4) AND tableoid = 'hub.quarantine_rest'::regclass AS is_beyond
    FROM hub.quarantine WHERE source_id = $1
    WINDOW newest AS (ORDER BY id DESC)
), gone AS (
    DELETE FROM hub.quarantine WHERE id IN (SELECT id FROM ranked WHERE is_beyond) RETURNING source_id, received_at, size
), counted AS (
    INSERT INTO hub.intake_counts AS c (source_id, minute, node, writer, quarantined, refused)
    SELECT source_id, date_trunc('minute', received_at), $5, -2, -count(*), count(*) FROM gone GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (source_id, minute, node, writer) DO UPDATE SET quarantined = c.quarantined + excluded.quarantined, refused = c.refused + excluded.refused
), told AS (
    INSERT INTO hub.refusals AS r (source_id, minute, node, reason, count)
    SELECT source_id, date_trunc('minute', received_at), $5, 'left_quarantine', count(*) FROM gone GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (source_id, minute, node, reason) DO UPDATE SET count = r.count + excluded.count
)
SELECT count(*), coalesce(sum(size), 0)::bigint, (SELECT coalesce(sum(size), 0)::bigint FROM gone) FROM ranked WHERE NOT is_beyond
