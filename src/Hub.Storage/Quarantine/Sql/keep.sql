-- Keeps refused requests and counts them, in one transaction.
WITH kept AS (
    INSERT INTO hub.quarantine (id, source_id, received_at, method, url, query, content_type, headers, protected_headers, verdict, reason, diagnosis, size, body)
    SELECT id, source_id, received_at, method, url, query, content_type, headers::json, protected_headers, verdict, reason, diagnosis::json, size, body
    FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::text[], $11::text[],
                $12::text[], $13::int[], $14::bytea[])
        AS q (id, source_id, received_at, method, url, query, content_type, headers, protected_headers, verdict, reason, diagnosis, size, body)
    RETURNING source_id, received_at
)
INSERT INTO hub.intake_counts AS c (source_id, minute, node, writer, received, quarantined)
SELECT source_id, date_trunc('minute', received_at), $15, -2, count(*), count(*) FROM kept GROUP BY 1, 2 ORDER BY 1, 2
ON CONFLICT (source_id, minute, node, writer) DO UPDATE SET received = c.received + excluded.received, quarantined = c.quarantined + excluded.quarantined
