-- What is recorded of the steps of executions. Where that is larger in all than the caller wants to hold, one row without a step stands for it;
-- an execution of which nothing is recorded has no row.
SELECT wanted.id, s.step_id, s.status, s.port, s.attempts, s.input, s.output, s.error, s.errors, s.why, s.started_at, s.finished_at,
       s.wake_at IS NULL OR s.wake_at <= now(), extract(epoch FROM s.wake_at - now())::float8, s.awaits, s.awaited_id
FROM unnest($1::uuid[]) AS wanted (id)
CROSS JOIN LATERAL (
    SELECT sum(coalesce(octet_length(input::text), 0) + coalesce(octet_length(output::text), 0) + coalesce(octet_length(error::text), 0)
             + coalesce(octet_length(errors::text), 0) + coalesce(octet_length(why::text), 0)) AS bytes
    FROM hub.execution_steps WHERE execution_id = wanted.id
) size
LEFT JOIN LATERAL (SELECT * FROM hub.execution_steps WHERE execution_id = wanted.id AND size.bytes <= $2 OFFSET 0) s ON true
WHERE size.bytes IS NOT NULL
