-- An execution may be part of another: one of the other's steps runs it, once, or once for each of many items. The path of iterations tells which item of
-- which step it is, from the outermost to the innermost. Columns without a default write no row anew.
-- Each statement can be made again after one that was cut off, as they are made one by one, and those on large tables beside writers.
ALTER TABLE hub.executions
    ADD COLUMN IF NOT EXISTS parent_id uuid,
    ADD COLUMN IF NOT EXISTS parent_step text,
    ADD COLUMN IF NOT EXISTS parent_index int,
    ADD COLUMN IF NOT EXISTS iteration text,
    ADD COLUMN IF NOT EXISTS item json,
    DROP CONSTRAINT IF EXISTS executions_parent_check,
    DROP CONSTRAINT IF EXISTS executions_trigger_check,
    ADD CONSTRAINT executions_parent_check
        CHECK ((parent_id IS NULL) = (parent_step IS NULL) AND (parent_id IS NULL) = (parent_index IS NULL)) NOT VALID,
    ADD CONSTRAINT executions_trigger_check CHECK (trigger IN ('webhook', 'manual', 'replay', 'workflow', 'item')) NOT VALID;
ALTER TABLE hub.executions VALIDATE CONSTRAINT executions_parent_check, VALIDATE CONSTRAINT executions_trigger_check;

-- A step runs each of its items once, whoever asks for it again.
DROP INDEX IF EXISTS hub.executions_parent;
CREATE UNIQUE INDEX CONCURRENTLY executions_parent ON hub.executions (parent_id, parent_step, parent_index) WHERE parent_id IS NOT NULL;

-- A step that waits may wait for a signal or for the end of another execution. Its wake time is the latest then.
ALTER TABLE hub.execution_steps
    ADD COLUMN IF NOT EXISTS iteration text,
    ADD COLUMN IF NOT EXISTS awaits text,
    ADD COLUMN IF NOT EXISTS awaited_id uuid,
    DROP CONSTRAINT IF EXISTS execution_steps_awaits_check,
    ADD CONSTRAINT execution_steps_awaits_check CHECK ((awaits IS NULL) = (awaited_id IS NULL) AND awaits IN ('signal', 'child')) NOT VALID;
ALTER TABLE hub.execution_steps VALIDATE CONSTRAINT execution_steps_awaits_check;
DROP INDEX IF EXISTS hub.execution_steps_awaited;
CREATE INDEX CONCURRENTLY execution_steps_awaited ON hub.execution_steps (awaited_id) WHERE awaited_id IS NOT NULL;

-- Signals that have come, also before anybody waits for them. Each is taken once.
CREATE TABLE IF NOT EXISTS hub.signals (
    id          uuid PRIMARY KEY,
    payload     json,
    received_at timestamptz NOT NULL
);
