-- Who was first under each key. Runs after start_once.sql in the same transaction, with a snapshot of its own, so it sees the rival that one waited for.
SELECT w.id, e.id, e.input_hash = w.input_hash
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[]) AS w (id, workflow_id, idempotency_key, input_hash)
JOIN hub.executions e ON e.workflow_id = w.workflow_id AND e.idempotency_key = w.idempotency_key
WHERE e.id <> w.id
