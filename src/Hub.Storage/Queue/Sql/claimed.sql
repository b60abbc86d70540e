-- The end of claim.sql and claim_parked.sql. Joined by ANY so that only a look-up of each id is possible.
UPDATE hub.executions e
SET status = 'running', lease_node = $1, claim = e.claim + 1, claimed_at = now(), wake_at = NULL, parked_on = NULL, started_at = coalesce(e.started_at, now())
FROM taken
WHERE e.id = ANY (ARRAY[taken.id])
RETURNING e.id, e.workflow_id, e.version, e.trigger, e.delivery_id, e.input, e.claim, e.failed_tries, e.created_at, taken.parked_on,
          e.parent_id, e.parent_step, e.parent_index, e.iteration, e.item
