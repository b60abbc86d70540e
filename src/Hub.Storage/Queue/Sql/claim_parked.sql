-- Takes executions that are parked on one thing, the longest parked first, for this node has room for them. Safe between nodes as claim.sql is.
WITH taken AS (
    SELECT id, parked_on FROM hub.executions WHERE parked_on = $3 ORDER BY wake_at LIMIT $2 FOR UPDATE SKIP LOCKED
)
-- include Queue/Sql/claimed.sql
