-- One statement, one flush, for what many executions record. The fence is (lease_node, claim): an execution that was
-- rescued or cancelled meanwhile is not returned, and none of its steps are written.
WITH entry AS (
    SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::float8[], $5::int[], $6::text[], $27::text[])
        AS t (id, claim, status, wake_in, failed_tries, error, parked_on)
), held AS (
    UPDATE hub.executions e
    SET status = t.status,
        failed_tries = t.failed_tries,
        error = t.error::json,
        wake_at = CASE WHEN t.status IN ('waiting', 'retrying', 'pending') THEN now() + make_interval(secs => coalesce(t.wake_in, 0)) END,
        parked_on = t.parked_on,
        lease_node = CASE WHEN t.status = 'running' THEN e.lease_node END,
        finished_at = CASE WHEN t.status IN ('completed', 'failed', 'cancelled') THEN now() END
    FROM entry t
    WHERE e.id = t.id AND e.claim = t.claim AND e.lease_node = $7 AND e.status = 'running'
    RETURNING e.id, e.workflow_id, e.version, e.delivery_id, e.error
), steps AS (
    INSERT INTO hub.execution_steps (execution_id, step_id, status, port, attempts, input, output, error, errors, why, wake_at, started_at, finished_at)
    SELECT s.execution_id, s.step_id, s.status, s.port, s.attempts, s.input::json, s.output::json, s.error::json, s.errors::json, s.why::json,
           CASE WHEN s.wake_in IS NOT NULL THEN now() + make_interval(secs => s.wake_in) END, s.started_at, s.finished_at
    FROM unnest($8::uuid[], $9::text[], $10::text[], $11::text[], $12::int[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
                $18::float8[], $19::timestamptz[], $20::timestamptz[])
        AS s (execution_id, step_id, status, port, attempts, input, output, error, errors, why, wake_in, started_at, finished_at)
    JOIN held ON held.id = s.execution_id
    ON CONFLICT (execution_id, step_id) DO UPDATE
    SET status = excluded.status, port = excluded.port, attempts = excluded.attempts, input = excluded.input, output = excluded.output,
        error = excluded.error, errors = excluded.errors, why = excluded.why, wake_at = excluded.wake_at,
        started_at = excluded.started_at, finished_at = excluded.finished_at
), dead AS (
    INSERT INTO hub.dead_letters (id, execution_id, workflow_id, version, delivery_id, step_id, status, error, error_history, context, created_at)
    SELECT l.id, held.id, held.workflow_id, held.version, held.delivery_id, l.step_id, 'open', held.error, l.error_history::json, l.context::json, l.created_at
    FROM unnest($21::uuid[], $22::uuid[], $23::text[], $24::text[], $25::text[], $26::timestamptz[])
        AS l (id, execution_id, step_id, error_history, context, created_at)
    JOIN held ON held.id = l.execution_id
)
SELECT id FROM held
