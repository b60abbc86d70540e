-- The newest of what is rare among much, for lists that are read in the order of ids: what was cancelled, and the dead letters of a workflow.
-- Built beside writers. A build that was cut off leaves an index that is of no use, so it is dropped first.
DROP INDEX IF EXISTS hub.executions_cancelled;
CREATE INDEX CONCURRENTLY executions_cancelled ON hub.executions (id) WHERE status = 'cancelled';
DROP INDEX IF EXISTS hub.dead_letters_workflow;
CREATE INDEX CONCURRENTLY dead_letters_workflow ON hub.dead_letters (workflow_id, id);
