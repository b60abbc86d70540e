-- Deliveries are kept in slices of time that are dropped whole. A Source with a retention of its own has a retention partition of its own; the others share partition 0.
-- A slice is a range of ids: they begin with the time of receipt (UUID version 7).
ALTER TABLE hub.sources ADD COLUMN retention_partition int NOT NULL DEFAULT 0, ADD COLUMN retention_days int, ADD COLUMN retention_bytes bigint;
CREATE SEQUENCE hub.retention_partitions;

-- What is there already becomes the partition that catches what fits no slice: no row is copied.
ALTER TABLE hub.deliveries RENAME TO deliveries_0_rest;
ALTER TABLE hub.deliveries_0_rest DROP CONSTRAINT deliveries_pkey;
ALTER TABLE hub.deliveries_0_rest
    ADD COLUMN retention_partition int NOT NULL DEFAULT 0,
    ADD COLUMN event_type text,
    ADD COLUMN executions smallint NOT NULL DEFAULT 0,
    ADD COLUMN decisions json;
ALTER TABLE hub.deliveries_0_rest ALTER COLUMN retention_partition DROP DEFAULT, ALTER COLUMN executions DROP DEFAULT;

CREATE TABLE hub.deliveries (
    retention_partition int NOT NULL,
    id           uuid NOT NULL,
    source_id    uuid NOT NULL,
    received_at  timestamptz NOT NULL,
    method       text NOT NULL,
    query        text NOT NULL,
    content_type text,
    headers      json NOT NULL,
    dedupe_key   text,
    event_type   text,
    executions   smallint NOT NULL,
    decisions    json,
    body         bytea NOT NULL,
    PRIMARY KEY (id, retention_partition)
) PARTITION BY LIST (retention_partition);
CREATE INDEX deliveries_source ON hub.deliveries (source_id, id);
CREATE TABLE hub.deliveries_0 PARTITION OF hub.deliveries FOR VALUES IN (0) PARTITION BY RANGE (id);
ALTER TABLE hub.deliveries_0 ATTACH PARTITION hub.deliveries_0_rest DEFAULT;
CREATE TABLE hub.deliveries_rest PARTITION OF hub.deliveries DEFAULT;

-- Requests whose key their Source had had already: counted and told apart by time, their bytes are the first one's.
CREATE TABLE hub.duplicates (
    id          uuid PRIMARY KEY,
    source_id   uuid NOT NULL,
    received_at timestamptz NOT NULL,
    first_id    uuid NOT NULL
) PARTITION BY RANGE (id);
CREATE INDEX duplicates_source ON hub.duplicates (source_id, id);
CREATE INDEX duplicates_first ON hub.duplicates (first_id);
CREATE TABLE hub.duplicates_rest PARTITION OF hub.duplicates DEFAULT;

-- Which partitions there are, besides the empty ones that catch what fits nowhere.
CREATE TABLE hub.slices (
    name    text PRIMARY KEY,
    parent  text NOT NULL,
    from_at timestamptz NOT NULL,
    to_at   timestamptz NOT NULL,
    UNIQUE (parent, from_at)
);

-- A key is known until its Source's window has passed.
ALTER TABLE hub.delivery_keys RENAME COLUMN received_at TO expires_at;
UPDATE hub.delivery_keys SET expires_at = expires_at + interval '7 days';
CREATE INDEX delivery_keys_expiry ON hub.delivery_keys (expires_at);

-- Requests that were refused for their signature. Bounded per Source; what falls out is counted in refusals.
CREATE TABLE hub.quarantine (
    id                uuid PRIMARY KEY,
    source_id         uuid NOT NULL,
    received_at       timestamptz NOT NULL,
    method            text NOT NULL,
    url               text NOT NULL,
    query             text NOT NULL,
    content_type      text,
    headers           json NOT NULL,
    protected_headers bytea,
    verdict           text NOT NULL CHECK (verdict IN ('bad_signature', 'stale', 'missing')),
    reason            text NOT NULL,
    diagnosis         json,
    size              int NOT NULL,
    body              bytea NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.5);
CREATE INDEX quarantine_source ON hub.quarantine (source_id, id);

-- The other side of the books: what came in, counted in the same transaction that keeps it. One row for each writer (its number), so that none waits
-- for another: 0 and above are the inbox's, -1 refusals, -2 the quarantine, -3 releases from it, -4 retention.
CREATE TABLE hub.intake_counts (
    source_id   uuid NOT NULL,
    minute      timestamptz NOT NULL,
    node        uuid NOT NULL,
    writer      smallint NOT NULL,
    received    bigint NOT NULL DEFAULT 0,
    accepted    bigint NOT NULL DEFAULT 0,
    duplicate   bigint NOT NULL DEFAULT 0,
    quarantined bigint NOT NULL DEFAULT 0,
    refused     bigint NOT NULL DEFAULT 0,
    expired            bigint NOT NULL DEFAULT 0,
    expired_duplicates bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (source_id, minute, node, writer)
) WITH (fillfactor = 50);
CREATE INDEX intake_counts_minute ON hub.intake_counts (minute);

INSERT INTO hub.intake_counts (source_id, minute, node, writer, received, accepted)
SELECT source_id, date_trunc('minute', received_at), '00000000-0000-0000-0000-000000000000', 0, count(*), count(*) FROM hub.deliveries GROUP BY 1, 2;

-- Requests that were refused and not kept, by reason.
CREATE TABLE hub.refusals (
    source_id uuid NOT NULL,
    minute    timestamptz NOT NULL,
    node      uuid NOT NULL,
    reason    text NOT NULL,
    count     bigint NOT NULL,
    PRIMARY KEY (source_id, minute, node, reason)
);
CREATE INDEX refusals_minute ON hub.refusals (minute);

CREATE INDEX dead_letters_open ON hub.dead_letters (delivery_id) WHERE status = 'open';

-- A repeated request to execute is known by its key.
ALTER TABLE hub.executions ADD COLUMN idempotency_key text, ADD COLUMN input_hash bytea;
CREATE UNIQUE INDEX executions_idempotency ON hub.executions (workflow_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
