-- A step calls this destination no more. One row however many executions hear it at once: the primary key decides. A step whose addresses come from
-- payloads has at most a thousand rows; what is gone beyond is called on.
INSERT INTO hub.gone_destinations (workflow_id, step_id, address_hash, place, execution_id, gone_at)
SELECT $1, $2, $3, $4, $5, now()
WHERE (SELECT count(*) FROM hub.gone_destinations WHERE workflow_id = $1 AND step_id = $2) < 1000
ON CONFLICT DO NOTHING
