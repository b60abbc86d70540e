-- The deliveries of a range that are still needed: by executions that have not ended, and by open dead letters, whose replay begins with them.
-- Looks through the few that rest or run, not through the finished ones.
SELECT coalesce(array_agg(DISTINCT delivery_id), '{}') FROM (
    SELECT delivery_id FROM hub.executions WHERE wake_at IS NOT NULL AND delivery_id >= $1 AND delivery_id < $2
    UNION ALL SELECT delivery_id FROM hub.executions WHERE lease_node IS NOT NULL AND delivery_id >= $1 AND delivery_id < $2
    UNION ALL SELECT delivery_id FROM hub.dead_letters WHERE status = 'open' AND delivery_id >= $1 AND delivery_id < $2
) needed
