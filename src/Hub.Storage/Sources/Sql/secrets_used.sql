-- Two nodes may report the same secret: rows are locked in one order, and a later time is never overwritten by an earlier one.
UPDATE hub.source_secrets secret
SET last_used_at = greatest(secret.last_used_at, used.at)
FROM unnest($1, $2) AS used (id, at)
WHERE secret.id = used.id
  AND secret.id IN (SELECT id FROM hub.source_secrets WHERE id = ANY ($1) ORDER BY id FOR UPDATE)
