-- Cancels from any state that still moves; the holder's next write is fenced off by the missing lease.
UPDATE hub.executions SET status = 'cancelled', wake_at = NULL, parked_on = NULL, lease_node = NULL, claim = claim + 1, finished_at = now()
WHERE id = $1 AND status = ANY ($2)
RETURNING claim, parent_id
