-- Frees executions whose node no longer renews. A node that comes back finds its claims fenced off by the next claim's number.
WITH gone AS (
    SELECT e.id FROM hub.executions e
    WHERE e.lease_node IS NOT NULL AND NOT EXISTS (SELECT 1 FROM hub.nodes n WHERE n.id = e.lease_node AND n.lease_until > now())
    ORDER BY e.id
    FOR UPDATE OF e SKIP LOCKED
), buried AS (
    DELETE FROM hub.nodes n WHERE n.lease_until < now() - interval '1 day'
)
UPDATE hub.executions e SET status = 'pending', wake_at = now(), lease_node = NULL
FROM gone WHERE e.id = gone.id AND e.status = 'running'
