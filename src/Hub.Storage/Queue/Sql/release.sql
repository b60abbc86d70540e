-- Gives back executions this node holds, all of them when no ids are named.
UPDATE hub.executions SET status = 'pending', wake_at = now(), lease_node = NULL
WHERE lease_node = $1 AND status = 'running' AND ($2::uuid[] IS NULL OR id = ANY ($2))
