-- Executions that have ended and may go on, by their ids or their dead letters: what of their steps stays done then (as in resume.sql), and the
-- version that their workflow has now; and of the steps that are to be done again, those that had been tried. Whoever goes on with what this said
-- names the claim number, so that nothing can have run in between.
SELECT e.id, e.workflow_id, e.version, e.claim, e.delivery_id, w.version, w.status,
       ARRAY(SELECT s.step_id FROM hub.execution_steps s WHERE s.execution_id = e.id AND s.status = 'completed' AND s.error IS NULL ORDER BY s.step_id),
       ARRAY(SELECT s.port FROM hub.execution_steps s WHERE s.execution_id = e.id AND s.status = 'completed' AND s.error IS NULL ORDER BY s.step_id),
       ARRAY(SELECT s.step_id FROM hub.execution_steps s WHERE s.execution_id = e.id AND s.status = 'failed' AND s.port = 'error'),
       ARRAY(SELECT s.step_id FROM hub.execution_steps s WHERE s.execution_id = e.id
             AND (s.status = 'failed' AND s.port IS DISTINCT FROM 'error' OR s.status = 'retrying' AND s.attempts > 0) ORDER BY s.step_id)
FROM hub.executions e
LEFT JOIN hub.workflows w ON w.id = e.workflow_id AND w.deleted_at IS NULL
WHERE e.id = ANY ($1::uuid[] || ARRAY(SELECT execution_id FROM hub.dead_letters WHERE id = ANY ($2::uuid[]))) AND e.status = ANY ($3)
