-- The deliveries of a range that are still needed: by executions that have not ended, and by open dead letters, whose replay begins with them.
-- Looks through the few that rest or run, not through the finished ones: OFFSET 0 keeps the range away from the index of all deliveries' executions.
SELECT coalesce(array_agg(DISTINCT delivery_id), '{}') FROM (
    (SELECT delivery_id FROM hub.executions WHERE wake_at IS NOT NULL OFFSET 0)
    UNION ALL (SELECT delivery_id FROM hub.executions WHERE lease_node IS NOT NULL OFFSET 0)
    UNION ALL SELECT delivery_id FROM hub.dead_letters WHERE status = 'open'
) needed
WHERE delivery_id >= $1 AND delivery_id < $2
