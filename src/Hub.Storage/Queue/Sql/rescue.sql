-- Frees executions whose node no longer renews. A node that comes back finds its claims fenced off by the next claim's number.
-- Steps through the index from one node that holds leases to the next: what living nodes hold is not looked at.
WITH RECURSIVE holder AS (
    (SELECT lease_node AS node FROM hub.executions WHERE lease_node IS NOT NULL ORDER BY lease_node LIMIT 1)
    UNION ALL
    SELECT (SELECT e.lease_node FROM hub.executions e WHERE e.lease_node > h.node ORDER BY e.lease_node LIMIT 1) FROM holder h WHERE h.node IS NOT NULL
), gone AS (
    SELECT e.id
    FROM holder h CROSS JOIN LATERAL (SELECT id FROM hub.executions WHERE lease_node = h.node FOR UPDATE SKIP LOCKED) e
    WHERE h.node IS NOT NULL AND ((SELECT n.lease_until FROM hub.nodes n WHERE n.id = h.node) > now()) IS NOT TRUE
), buried AS (
    DELETE FROM hub.nodes n WHERE n.lease_until < now() - interval '1 day'
)
UPDATE hub.executions e SET status = 'pending', wake_at = now(), lease_node = NULL
FROM gone WHERE e.id = ANY (ARRAY[gone.id]) AND e.status = 'running'
