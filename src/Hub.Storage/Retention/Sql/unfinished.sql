-- Whether an execution that has not ended needs a delivery of this range. Looks through the few that rest or run, not through the finished ones.
SELECT EXISTS (SELECT FROM hub.executions WHERE wake_at IS NOT NULL AND delivery_id >= $1 AND delivery_id < $2)
    OR EXISTS (SELECT FROM hub.executions WHERE lease_node IS NOT NULL AND delivery_id >= $1 AND delivery_id < $2)
