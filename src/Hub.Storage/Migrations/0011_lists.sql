-- A dead letter can be put away by a person, with a note, and brought back.
-- Each statement can be made again after one that was cut off, as they are made one by one, and those on large tables beside writers.
ALTER TABLE hub.dead_letters
    ADD COLUMN IF NOT EXISTS note text,
    ADD COLUMN IF NOT EXISTS noted_at timestamptz,
    ADD COLUMN IF NOT EXISTS discarded_at timestamptz,
    DROP CONSTRAINT IF EXISTS dead_letters_status_check,
    DROP CONSTRAINT IF EXISTS dead_letters_discarded_check,
    ADD CONSTRAINT dead_letters_status_check CHECK (status IN ('open', 'replayed', 'discarded')) NOT VALID,
    ADD CONSTRAINT dead_letters_discarded_check CHECK ((status = 'discarded') = (discarded_at IS NOT NULL)) NOT VALID;
ALTER TABLE hub.dead_letters VALIDATE CONSTRAINT dead_letters_status_check, VALIDATE CONSTRAINT dead_letters_discarded_check;

-- Names are looked for when a workflow is stored, and in lists. Not unique: older hubs took the same name twice.
DROP INDEX IF EXISTS hub.workflows_name;
CREATE INDEX CONCURRENTLY workflows_name ON hub.workflows (name);

-- What failed with one code, the newest first. Only failed executions have an error.
DROP INDEX IF EXISTS hub.executions_code;
CREATE INDEX CONCURRENTLY executions_code ON hub.executions ((error->>'code'), id) WHERE error IS NOT NULL;
DROP INDEX IF EXISTS hub.dead_letters_code;
CREATE INDEX CONCURRENTLY dead_letters_code ON hub.dead_letters ((error->>'code'), id);
