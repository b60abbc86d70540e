-- Who was first under each key. Runs after start_once.sql in the same transaction, with a snapshot of its own, so it sees the rival that one waited for.
-- Can only be looked up by key: OFFSET 0 allows no other order, IS NOT DISTINCT FROM not the index of a workflow's executions.
SELECT w.id, e.id, e.input_hash = w.input_hash
FROM {w.rows}
CROSS JOIN LATERAL (
    SELECT id, input_hash FROM hub.executions WHERE idempotency_key = w.idempotency_key AND workflow_id IS NOT DISTINCT FROM w.workflow_id OFFSET 0
) e
WHERE e.id <> w.id
