-- Which of a batch's deliveries were not the first of their key, and which one was. Runs after accept.sql in the same
-- transaction, with a snapshot of its own, so it sees the rival that accept.sql waited for.
SELECT d.id, k.delivery_id
FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS d (id, source_id, key)
JOIN hub.delivery_keys k ON k.source_id = d.source_id AND k.key = d.key
WHERE k.delivery_id <> d.id
