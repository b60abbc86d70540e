-- Executions that are asked for under a key: the first of a workflow and key starts, a repetition finds it by the unique index, across nodes.
INSERT INTO hub.executions (id, workflow_id, version, trigger, delivery_id, input, replay_of, created_at, idempotency_key, input_hash, status, wake_at, lease_node, claim, claimed_at, started_at)
SELECT e.id, e.workflow_id, e.version, e.trigger, e.delivery_id, e.input::json, e.replay_of, e.created_at, e.idempotency_key, e.input_hash,
       CASE WHEN e.leased THEN 'running' ELSE 'pending' END,
       CASE WHEN e.leased THEN NULL ELSE now() END,
       CASE WHEN e.leased THEN $12::uuid END,
       CASE WHEN e.leased THEN 1 ELSE 0 END,
       CASE WHEN e.leased THEN now() END,
       CASE WHEN e.leased THEN now() END
FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::timestamptz[], $9::boolean[], $10::text[], $11::bytea[])
    AS e (id, workflow_id, version, trigger, delivery_id, input, replay_of, created_at, leased, idempotency_key, input_hash)
ORDER BY e.workflow_id, e.idempotency_key, e.id
ON CONFLICT (workflow_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
