-- Puts a finished execution back in the queue: resting and skipped steps are forgotten and decided anew, completed ones stay done.
-- Failed ones stay too: the runner knows whether their error was handled, and runs those again whose was not.
WITH back AS (
    UPDATE hub.executions SET status = 'pending', wake_at = now(), finished_at = NULL, error = NULL, failed_tries = 0
    WHERE id = $1 AND status = ANY ($2)
    RETURNING id
), forgotten AS (
    DELETE FROM hub.execution_steps s USING back WHERE s.execution_id = back.id AND s.status NOT IN ('completed', 'failed')
), letters AS (
    UPDATE hub.dead_letters l SET status = 'replayed', replayed_at = now(), replay_execution_id = back.id
    FROM back WHERE l.execution_id = back.id AND l.status = 'open'
)
SELECT id FROM back
