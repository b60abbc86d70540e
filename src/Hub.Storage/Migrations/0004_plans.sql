-- An index that begins with another column can look as good as the primary key for finding an id while the table is empty, and stay in use when it is full.
-- As a partial index, though of all rows, it is used only by who asks for that column.
DROP INDEX hub.executions_workflow;
CREATE INDEX executions_workflow ON hub.executions (workflow_id, id) WHERE workflow_id IS NOT NULL;
DROP INDEX hub.quarantine_source;
CREATE INDEX quarantine_source ON hub.quarantine (source_id, id) WHERE source_id IS NOT NULL;

-- The first execution under a key is looked up by the key alone: the index of a workflow's executions must never look as good.
DROP INDEX hub.executions_idempotency;
CREATE UNIQUE INDEX executions_key ON hub.executions (idempotency_key, workflow_id) WHERE idempotency_key IS NOT NULL;

-- A record of an execution that goes on changes no indexed column: with room for it on the page no index is written. The end of an execution changes its
-- lease, and needs the room too.
ALTER TABLE hub.executions SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.1);
