-- As resume.sql, for many: their executions are put back in the queue with the versions that were chosen, and each letter is answered with why it was not, or null.
-- Safe beside others who do the same: executions are locked in the order of their ids, and whoever comes second finds them in another state, or claimed since.
WITH letter AS (
    SELECT id, execution_id, status FROM hub.dead_letters WHERE id = ANY ($1)
), ended AS (
    SELECT e.id, chosen.version
    FROM hub.executions e JOIN unnest($3::uuid[], $4::int[], $5::int[]) AS chosen (execution_id, version, claim) ON chosen.execution_id = e.id AND chosen.claim = e.claim
    WHERE e.id IN (SELECT execution_id FROM letter WHERE status = 'open') AND e.status = ANY ($2)
    ORDER BY e.id FOR UPDATE OF e
), back AS (
    UPDATE hub.executions e SET status = 'pending', wake_at = now(), finished_at = NULL, error = NULL, failed_tries = 0, version = ended.version,
        earlier_versions = CASE WHEN e.version = ended.version THEN e.earlier_versions ELSE array_append(e.earlier_versions, e.version) END
    FROM ended WHERE e.id = ended.id
    RETURNING e.id
), forgotten AS (
    DELETE FROM hub.execution_steps s USING back WHERE s.execution_id = back.id
      AND NOT (s.status = 'completed' AND s.error IS NULL OR s.status = 'failed' AND s.port IS NOT DISTINCT FROM 'error')
), closed AS (
    UPDATE hub.dead_letters l SET status = 'replayed', replayed_at = now(), replay_execution_id = back.id
    FROM back WHERE l.execution_id = back.id AND l.status = 'open'
)
SELECT letter.id, CASE WHEN letter.status = 'discarded' THEN 'discarded' WHEN back.id IS NULL THEN 'already_replayed' END, back.id
FROM letter LEFT JOIN back ON back.id = letter.execution_id AND letter.status = 'open'
