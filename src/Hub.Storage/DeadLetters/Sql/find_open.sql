-- Open dead letters, the oldest first; a filter that is null lets everything through.
SELECT id FROM hub.dead_letters
WHERE status = 'open'
  AND ($1::uuid IS NULL OR workflow_id = $1)
  AND ($2::text IS NULL OR step_id = $2)
  AND ($3::text IS NULL OR error->>'code' = $3)
  AND ($4::timestamptz IS NULL OR created_at >= $4)
  AND ($5::timestamptz IS NULL OR created_at < $5)
ORDER BY id LIMIT $6
