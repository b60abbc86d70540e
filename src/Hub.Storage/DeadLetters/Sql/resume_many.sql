-- As resume.sql, for many: their executions are put back in the queue, and each is answered with why it was not, or null.
-- Safe beside others who do the same: executions are locked in the order of their ids, and whoever comes second finds them in another state.
WITH letter AS (
    SELECT id, execution_id, status FROM hub.dead_letters WHERE id = ANY ($1)
), ended AS (
    SELECT id FROM hub.executions
    WHERE id IN (SELECT execution_id FROM letter WHERE status = 'open') AND status = ANY ($2)
    ORDER BY id FOR UPDATE
), back AS (
    UPDATE hub.executions e SET status = 'pending', wake_at = now(), finished_at = NULL, error = NULL, failed_tries = 0
    FROM ended WHERE e.id = ended.id
    RETURNING e.id
), forgotten AS (
    DELETE FROM hub.execution_steps s USING back WHERE s.execution_id = back.id
      AND NOT (s.status = 'completed' AND s.error IS NULL OR s.status = 'failed' AND s.port IS NOT DISTINCT FROM 'error')
), closed AS (
    UPDATE hub.dead_letters l SET status = 'replayed', replayed_at = now(), replay_execution_id = back.id
    FROM back WHERE l.execution_id = back.id AND l.status = 'open'
)
SELECT letter.id, CASE WHEN back.id IS NULL THEN 'already_replayed' END
FROM letter LEFT JOIN back ON back.id = letter.execution_id AND letter.status = 'open'
