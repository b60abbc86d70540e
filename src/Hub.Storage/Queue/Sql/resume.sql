-- Puts a finished execution back in the queue. Completed steps stay done, and failed ones whose error was handled (they left by their error port).
-- What ended it is forgotten, to be run anew with all its tries: failed steps that nothing handled, and a stop that carries an error.
-- Resting and skipped steps are forgotten too, and decided anew. A rescue forgets nothing: what had begun to end ends as it was recorded.
-- Its version is the one that was chosen for what the caller saw of it; the claim number shows that nobody has run it since.
-- Written so that steps and letters can only be found by their execution: ANY allows no other join, IS NOT DISTINCT FROM not the index of open letters.
WITH back AS (
    UPDATE hub.executions SET status = 'pending', wake_at = now(), finished_at = NULL, error = NULL, failed_tries = 0,
        version = $3, earlier_versions = CASE WHEN version = $3 THEN earlier_versions ELSE array_append(earlier_versions, version) END
    WHERE id = $1 AND status = ANY ($2) AND claim = $4
    RETURNING id
), forgotten AS (
    DELETE FROM hub.execution_steps s USING back WHERE s.execution_id = ANY (ARRAY[back.id])
      AND NOT (s.status = 'completed' AND s.error IS NULL OR s.status = 'failed' AND s.port IS NOT DISTINCT FROM 'error')
), letters AS (
    UPDATE hub.dead_letters l SET status = 'replayed', replayed_at = now(), replay_execution_id = back.id
    FROM back WHERE l.execution_id = ANY (ARRAY[back.id]) AND l.status IS NOT DISTINCT FROM 'open'
)
SELECT id FROM back
