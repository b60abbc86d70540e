-- A dead letter can be put away by a person, with a note, and brought back.
ALTER TABLE hub.dead_letters
    ADD COLUMN note text,
    ADD COLUMN noted_at timestamptz,
    ADD COLUMN discarded_at timestamptz,
    DROP CONSTRAINT dead_letters_status_check,
    ADD CONSTRAINT dead_letters_status_check CHECK (status IN ('open', 'replayed', 'discarded')),
    ADD CONSTRAINT dead_letters_discarded_check CHECK ((status = 'discarded') = (discarded_at IS NOT NULL));

-- Names are looked for when a workflow is stored, and in lists. Not unique: older hubs took the same name twice.
CREATE INDEX workflows_name ON hub.workflows (name);

-- What failed with one code, the newest first. Only failed executions have an error.
CREATE INDEX executions_code ON hub.executions ((error->>'code'), id) WHERE error IS NOT NULL;
CREATE INDEX dead_letters_code ON hub.dead_letters ((error->>'code'), id);
