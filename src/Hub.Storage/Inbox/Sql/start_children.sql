-- Executions that a step of another one runs. One that is there already stays as it is, by the unique index, across nodes and however often it is asked for.
-- include Inbox/Sql/start.sql
ORDER BY e.parent_id, e.parent_step, e.parent_index
ON CONFLICT (parent_id, parent_step, parent_index) WHERE parent_id IS NOT NULL DO NOTHING
