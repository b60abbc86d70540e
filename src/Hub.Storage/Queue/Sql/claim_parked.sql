-- Takes executions that are parked on one thing, the longest parked first, for this node has room for them. Safe between nodes as claim.sql is.
WITH parked AS (
    SELECT id, parked_on FROM hub.executions WHERE parked_on = $3 ORDER BY wake_at LIMIT $2 FOR UPDATE SKIP LOCKED
)
UPDATE hub.executions e
SET status = 'running', lease_node = $1, claim = e.claim + 1, claimed_at = now(), wake_at = NULL, parked_on = NULL, started_at = coalesce(e.started_at, now())
FROM parked
WHERE e.id = ANY (ARRAY[parked.id])
RETURNING e.id, e.workflow_id, e.version, e.trigger, e.delivery_id, e.input, e.claim, e.failed_tries, e.created_at, parked.parked_on
