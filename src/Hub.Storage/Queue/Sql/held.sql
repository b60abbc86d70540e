-- What the table says this node has held for a while.
SELECT id FROM hub.executions WHERE lease_node = $1 AND claimed_at < now() - make_interval(secs => $2)
