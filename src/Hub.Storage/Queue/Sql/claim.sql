-- Takes due executions for this node. Safe between nodes: rows locked by a rival are skipped, and the claim number
-- fences whatever an earlier holder still writes.
WITH taken AS (
    SELECT id, parked_on FROM hub.executions WHERE wake_at <= now() ORDER BY wake_at LIMIT $2 FOR UPDATE SKIP LOCKED
)
-- include Queue/Sql/claimed.sql
