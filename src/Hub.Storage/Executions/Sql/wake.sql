-- Makes executions due that rest until something has come, as soon as it has. A step whose time is gone is due whenever its execution is claimed. One
-- that runs at this moment is left alone: who runs it asks once more when it has recorded that it rests.
-- Can only be looked up one by one, by id: ANY allows no other join.
WITH come AS (
    SELECT s.execution_id, s.step_id
    FROM hub.execution_steps s
    WHERE s.awaited_id = ANY ($1::uuid[]) AND s.status = 'waiting'
      AND CASE s.awaits
          WHEN 'signal' THEN (SELECT true FROM hub.signals g WHERE g.id = s.awaited_id)
          ELSE (SELECT c.finished_at IS NOT NULL FROM hub.executions c WHERE c.id = s.awaited_id)
          END
), told AS (
    UPDATE hub.execution_steps s SET wake_at = NULL FROM come
    WHERE s.execution_id = ANY (ARRAY[come.execution_id]) AND s.step_id = come.step_id
)
UPDATE hub.executions e SET wake_at = least(e.wake_at, now())
FROM come
WHERE e.id = ANY (ARRAY[come.execution_id]) AND e.status IN ('waiting', 'retrying')
