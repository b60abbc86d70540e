-- One statement, one flush, for what many executions record. The fence is (lease_node, claim): an execution that was
-- rescued or cancelled meanwhile is not returned, and none of its steps are written.
-- Executions can only be looked up one by one, by id: ANY allows no other join, IS NOT DISTINCT FROM not the index of leases, which has thousands
-- of rows for a node. Steps are held against a hash of what is held (IS TRUE keeps it a subplan).
WITH held AS (
    UPDATE hub.executions e
    SET status = t.status,
        failed_tries = t.failed_tries,
        error = t.error::json,
        wake_at = CASE WHEN t.status IN ('waiting', 'retrying', 'pending') THEN now() + make_interval(secs => coalesce(t.wake_in, 0)) END,
        parked_on = t.parked_on,
        lease_node = CASE WHEN t.status = 'running' THEN e.lease_node END,
        finished_at = CASE WHEN t.status IN ('completed', 'failed', 'cancelled') THEN now() END
    FROM {t.rows}
    WHERE e.id = ANY (ARRAY[t.id]) AND e.claim = t.claim AND e.lease_node IS NOT DISTINCT FROM {node} AND e.status = 'running'
    RETURNING e.id, e.workflow_id, e.version, e.delivery_id, e.error, t.letter_id, t.letter_step, t.error_history, t.context, t.letter_at
), steps AS (
    INSERT INTO hub.execution_steps ({s.columns}, wake_at)
    SELECT {s.values}, CASE WHEN s.wake_in IS NOT NULL THEN now() + make_interval(secs => s.wake_in) END
    FROM {s.rows}
    WHERE (s.execution_id IN (SELECT id FROM held)) IS TRUE
    ON CONFLICT (execution_id, step_id) DO UPDATE
    SET {s.updates}, wake_at = excluded.wake_at
), dead AS (
    INSERT INTO hub.dead_letters (id, execution_id, workflow_id, version, delivery_id, step_id, status, error, error_history, context, created_at)
    SELECT letter_id, id, workflow_id, version, delivery_id, letter_step, 'open', error, error_history::json, context::json, letter_at
    FROM held WHERE letter_id IS NOT NULL
)
SELECT id FROM held
