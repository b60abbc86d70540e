-- What a Source asks of requests and how it answers, beyond its own columns.
ALTER TABLE hub.sources ADD COLUMN settings json;

-- protected_secrets holds what was made before hub.source_secrets; only the hub can decrypt it, so it moves the secrets at its start.
ALTER TABLE hub.sources DROP COLUMN secret_count;

CREATE TABLE hub.source_secrets (
    id           uuid PRIMARY KEY,
    source_id    uuid NOT NULL REFERENCES hub.sources (id) DEFERRABLE INITIALLY DEFERRED,
    protected    bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    expires_at   timestamptz
);
CREATE INDEX source_secrets_source ON hub.source_secrets (source_id);

-- Secrets that a provider handed over by handshake: shown to the operator, used by nobody until adopted.
CREATE TABLE hub.source_handshakes (
    id          uuid PRIMARY KEY,
    source_id   uuid NOT NULL REFERENCES hub.sources (id) DEFERRABLE INITIALLY DEFERRED,
    name        text NOT NULL,
    protected   bytea NOT NULL,
    received_at timestamptz NOT NULL
);
CREATE INDEX source_handshakes_source ON hub.source_handshakes (source_id);
