-- What is recorded of the steps of executions, left out where it is larger in all than the caller wants to hold.
SELECT s.execution_id, s.step_id, s.status, s.port, s.attempts, s.input, s.output, s.error, s.errors, s.why, s.started_at, s.finished_at,
       s.wake_at IS NULL OR s.wake_at <= now(), extract(epoch FROM s.wake_at - now())::float8
FROM hub.execution_steps s
WHERE s.execution_id IN (
    SELECT execution_id FROM hub.execution_steps WHERE execution_id = ANY ($1)
    GROUP BY execution_id
    HAVING sum(coalesce(octet_length(input::text), 0) + coalesce(octet_length(output::text), 0) + coalesce(octet_length(error::text), 0)
             + coalesce(octet_length(errors::text), 0) + coalesce(octet_length(why::text), 0)) <= $2)
