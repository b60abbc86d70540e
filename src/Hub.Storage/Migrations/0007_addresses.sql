-- Where a Source's webhooks arrive. A request is found by the hash; the token itself is kept encrypted, to be shown. What was kept in the clear until
-- now is marked by the first byte, 1, and encrypted by the hub at its start, as only it can.
CREATE TABLE hub.source_addresses (
    id         uuid PRIMARY KEY,
    source_id  uuid NOT NULL REFERENCES hub.sources (id) DEFERRABLE INITIALLY DEFERRED,
    hash       bytea NOT NULL UNIQUE,
    protected  bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz
);
CREATE INDEX source_addresses_source ON hub.source_addresses (source_id);

INSERT INTO hub.source_addresses (id, source_id, hash, protected, created_at)
SELECT gen_random_uuid(), id, sha256(convert_to(token, 'UTF8')), '\x01'::bytea || convert_to(token, 'UTF8'), created_at FROM hub.sources WHERE deleted_at IS NULL;
ALTER TABLE hub.sources DROP COLUMN token;
UPDATE hub.settings SET value = 'made' WHERE key = 'sample_token';

-- Quarantined requests name the address they came to by its hash.
UPDATE hub.quarantine
SET url = replace(url, token, '{' || encode(sha256(convert_to(token, 'UTF8')), 'hex') || '}')
FROM (SELECT id AS request, substring(url FROM '/webhooks/incoming/([^/?#]+)') AS token FROM hub.quarantine) AS called
WHERE request = id AND token IS NOT NULL;
