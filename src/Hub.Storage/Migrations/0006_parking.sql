-- What an execution waits for that was put off because something is full or failing. Whoever has room for it again takes the longest parked first;
-- its wake time is the latest that it waits when nobody does.
ALTER TABLE hub.executions ADD COLUMN parked_on text, ADD CONSTRAINT executions_parked_check CHECK (parked_on IS NULL OR wake_at IS NOT NULL);
CREATE INDEX executions_parked ON hub.executions (parked_on, wake_at) WHERE parked_on IS NOT NULL;

-- Destinations that answered a step 410 Gone: the step calls them no more until a person switches them on again.
-- The address is known by its hash, as it may hold a secret; the place is what may be shown of it.
CREATE TABLE hub.gone_destinations (
    workflow_id  uuid NOT NULL,
    step_id      text NOT NULL,
    address_hash bytea NOT NULL,
    place        text NOT NULL,
    execution_id uuid NOT NULL,
    gone_at      timestamptz NOT NULL,
    PRIMARY KEY (workflow_id, step_id, address_hash)
);
