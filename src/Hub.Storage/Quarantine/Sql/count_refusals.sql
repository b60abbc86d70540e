-- Requests that were refused and not kept, by Source, minute and reason.
WITH counted AS (
    INSERT INTO hub.intake_counts AS c (source_id, minute, node, writer, received, refused)
    SELECT source_id, minute, $5, -1, sum(count), sum(count)
    FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::bigint[]) AS r (source_id, minute, reason, count) GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (source_id, minute, node, writer) DO UPDATE SET received = c.received + excluded.received, refused = c.refused + excluded.refused
)
INSERT INTO hub.refusals AS f (source_id, minute, node, reason, count)
SELECT source_id, minute, $5, reason, count FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::bigint[]) AS r (source_id, minute, reason, count)
ORDER BY source_id, minute, reason
ON CONFLICT (source_id, minute, node, reason) DO UPDATE SET count = f.count + excluded.count
