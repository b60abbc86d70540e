-- Executions, leased to this node where it has room for them. start_once.sql and keep_judged.sql end with the same text.
INSERT INTO hub.executions ({e.columns}, status, wake_at, lease_node, claim, claimed_at, started_at)
SELECT {e.values},
       CASE WHEN e.leased THEN 'running' ELSE 'pending' END,
       CASE WHEN e.leased THEN NULL ELSE now() END,
       CASE WHEN e.leased THEN {node} END,
       CASE WHEN e.leased THEN 1 ELSE 0 END,
       CASE WHEN e.leased THEN now() END,
       CASE WHEN e.leased THEN now() END
FROM {e.rows}
