SELECT execution_id, step_id, status, port, attempts, input, output, error, errors, why, started_at, finished_at,
       wake_at IS NULL OR wake_at <= now(), extract(epoch FROM wake_at - now())::float8
FROM hub.execution_steps WHERE execution_id = ANY ($1)
