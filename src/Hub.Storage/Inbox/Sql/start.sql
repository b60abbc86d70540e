-- Executions, leased to this node where it has room for them.
INSERT INTO hub.executions (id, workflow_id, version, trigger, delivery_id, input, replay_of, created_at, status, wake_at, lease_node, claim, claimed_at, started_at)
SELECT e.id, e.workflow_id, e.version, e.trigger, e.delivery_id, e.input::json, e.replay_of, e.created_at,
       CASE WHEN e.leased THEN 'running' ELSE 'pending' END,
       CASE WHEN e.leased THEN NULL ELSE now() END,
       CASE WHEN e.leased THEN $10::uuid END,
       CASE WHEN e.leased THEN 1 ELSE 0 END,
       CASE WHEN e.leased THEN now() END,
       CASE WHEN e.leased THEN now() END
FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::timestamptz[], $9::boolean[])
    AS e (id, workflow_id, version, trigger, delivery_id, input, replay_of, created_at, leased)
