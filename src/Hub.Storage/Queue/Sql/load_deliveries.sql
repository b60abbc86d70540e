-- Deliveries by id; the body is left out where it is larger than the caller wants to hold. The bounds let the server look into the slices that matter only.
SELECT id, source_id, received_at, method, query, content_type, headers, dedupe_key, CASE WHEN octet_length(body) <= $2 THEN body END, handling
FROM hub.deliveries WHERE id = ANY ($1) AND id >= $3 AND id <= $4
