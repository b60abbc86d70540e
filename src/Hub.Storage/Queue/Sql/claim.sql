-- Takes due executions for this node. Safe between nodes: rows locked by a rival are skipped, and the claim number
-- fences whatever an earlier holder still writes. Joined by ANY so that only a look-up of each id is possible.
WITH due AS (
    SELECT id, parked_on FROM hub.executions WHERE wake_at <= now() ORDER BY wake_at LIMIT $2 FOR UPDATE SKIP LOCKED
)
UPDATE hub.executions e
SET status = 'running', lease_node = $1, claim = e.claim + 1, claimed_at = now(), wake_at = NULL, parked_on = NULL, started_at = coalesce(e.started_at, now())
FROM due
WHERE e.id = ANY (ARRAY[due.id])
RETURNING e.id, e.workflow_id, e.version, e.trigger, e.delivery_id, e.input, e.claim, e.failed_tries, e.created_at, due.parked_on
