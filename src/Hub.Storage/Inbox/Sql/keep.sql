-- Deliveries whose Source finds no duplicates, or that have no key.
INSERT INTO hub.deliveries (retention_partition, id, source_id, received_at, method, query, content_type, headers, event_type, executions, decisions, handling, body)
SELECT retention_partition, id, source_id, received_at, method, query, content_type, headers::json, event_type, executions, decisions::json, handling, body
FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::int[], $10::text[], $11::smallint[], $12::text[], $13::smallint[])
    AS d (id, source_id, received_at, method, query, content_type, headers, body, retention_partition, event_type, executions, decisions, handling)
