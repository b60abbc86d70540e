-- New executions of the newest versions begin from what the dead letters' executions began from; each letter is answered with why there is none, or null.
-- Safe beside others who do the same: letters are locked in the order of their ids, and whoever comes second finds them replayed.
WITH letter AS (
    SELECT l.id, l.execution_id, l.workflow_id, l.delivery_id, l.status, w.new_id
    FROM hub.dead_letters l JOIN unnest($1::uuid[], $2::uuid[]) AS w (letter_id, new_id) ON w.letter_id = l.id
    ORDER BY l.id FOR UPDATE OF l
), judged AS (
    SELECT letter.*, e.input, w.version,
           CASE WHEN letter.status = 'discarded' THEN 'discarded'
                WHEN letter.status <> 'open' THEN 'already_replayed'
                WHEN w.id IS NULL THEN 'workflow_deleted'
                WHEN letter.delivery_id IS NOT NULL AND NOT EXISTS (SELECT FROM hub.deliveries d WHERE d.id = letter.delivery_id) THEN 'delivery_expired'
           END AS refusal
    FROM letter
    JOIN hub.executions e ON e.id = letter.execution_id
    LEFT JOIN hub.workflows w ON w.id = letter.workflow_id AND w.deleted_at IS NULL
), started AS (
    INSERT INTO hub.executions (id, workflow_id, version, trigger, delivery_id, input, replay_of, created_at, status, wake_at)
    SELECT new_id, workflow_id, version, 'replay', delivery_id, input, execution_id, now(), 'pending', now() FROM judged WHERE refusal IS NULL
), closed AS (
    UPDATE hub.dead_letters l SET status = 'replayed', replayed_at = now(), replay_execution_id = judged.new_id
    FROM judged WHERE l.id = judged.id AND judged.refusal IS NULL
)
SELECT id, refusal, CASE WHEN refusal IS NULL THEN new_id END FROM judged
