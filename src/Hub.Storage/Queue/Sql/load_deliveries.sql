-- The bounds let the server look into the slices that matter only.
SELECT id, source_id, received_at, method, query, content_type, headers, dedupe_key, body
FROM hub.deliveries WHERE id = ANY ($1) AND id >= $3 AND id <= $4 AND octet_length(body) <= $2
