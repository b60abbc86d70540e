-- Executions that are asked for under a key: the first of a workflow and key starts, a repetition finds it by the unique index, across nodes.
-- include Inbox/Sql/start.sql
ORDER BY e.workflow_id, e.idempotency_key, e.id
ON CONFLICT (workflow_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
