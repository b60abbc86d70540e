CREATE TABLE hub.settings (
    key        text PRIMARY KEY,
    value      text NOT NULL
);

CREATE TABLE hub.nodes (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    started_at  timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz NOT NULL
);

CREATE TABLE hub.sources (
    id                uuid PRIMARY KEY,
    name              text NOT NULL,
    token             text NOT NULL UNIQUE,
    scheme            text NOT NULL,
    scheme_options    json,
    protected_secrets bytea,
    secret_count      int NOT NULL DEFAULT 0,
    dedupe            text,
    body_limit        int NOT NULL,
    created_at        timestamptz NOT NULL,
    deleted_at        timestamptz
);
CREATE UNIQUE INDEX sources_name ON hub.sources (name) WHERE deleted_at IS NULL;

CREATE TABLE hub.credentials (
    id               uuid PRIMARY KEY,
    name             text NOT NULL UNIQUE,
    connector        text NOT NULL,
    protected_fields bytea NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL
);

CREATE TABLE hub.workflows (
    id         uuid PRIMARY KEY,
    name       text NOT NULL,
    status     text NOT NULL CHECK (status IN ('draft', 'active', 'inactive')),
    version    int NOT NULL,
    source     text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz
);
CREATE INDEX workflows_active ON hub.workflows (source) WHERE status = 'active' AND deleted_at IS NULL;

-- A version never changes once written; executions keep theirs.
CREATE TABLE hub.workflow_versions (
    workflow_id uuid NOT NULL REFERENCES hub.workflows (id) DEFERRABLE INITIALLY DEFERRED,
    version     int NOT NULL,
    definition  json NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (workflow_id, version)
);

-- A request as it arrived: the bytes are kept as received.
CREATE TABLE hub.deliveries (
    id           uuid PRIMARY KEY,
    source_id    uuid NOT NULL,
    received_at  timestamptz NOT NULL,
    method       text NOT NULL,
    query        text NOT NULL,
    content_type text,
    headers      json NOT NULL,
    dedupe_key   text,
    body         bytea NOT NULL
);

-- The first delivery of each dedupe key; its primary key decides races between nodes.
CREATE TABLE hub.delivery_keys (
    source_id   uuid NOT NULL,
    key         text NOT NULL,
    delivery_id uuid NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (source_id, key)
);

CREATE TABLE hub.executions (
    id           uuid PRIMARY KEY,
    workflow_id  uuid NOT NULL,
    version      int NOT NULL,
    trigger      text NOT NULL CHECK (trigger IN ('webhook', 'manual', 'replay')),
    delivery_id  uuid,
    input        json,
    replay_of    uuid,
    status       text NOT NULL CHECK (status IN ('pending', 'running', 'waiting', 'retrying', 'completed', 'failed', 'cancelled')),
    failed_tries int NOT NULL DEFAULT 0,
    error        json,
    wake_at      timestamptz,
    lease_node   uuid,
    claim        int NOT NULL DEFAULT 0,
    claimed_at   timestamptz,
    created_at   timestamptz NOT NULL,
    started_at   timestamptz,
    finished_at  timestamptz,
    CHECK ((status = 'running') = (lease_node IS NOT NULL)),
    CHECK ((status IN ('pending', 'waiting', 'retrying')) = (wake_at IS NOT NULL)),
    CHECK ((status IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
);
CREATE INDEX executions_due ON hub.executions (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX executions_leased ON hub.executions (lease_node) WHERE lease_node IS NOT NULL;
CREATE INDEX executions_delivery ON hub.executions (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX executions_workflow ON hub.executions (workflow_id, id);
CREATE INDEX executions_failed ON hub.executions (id) WHERE status = 'failed';

CREATE TABLE hub.execution_steps (
    execution_id uuid NOT NULL,
    step_id      text NOT NULL,
    status       text NOT NULL CHECK (status IN ('completed', 'failed', 'skipped', 'waiting', 'retrying')),
    port         text,
    attempts     int NOT NULL,
    input        json,
    output       json,
    error        json,
    errors       json,
    why          json,
    wake_at      timestamptz,
    started_at   timestamptz,
    finished_at  timestamptz,
    PRIMARY KEY (execution_id, step_id)
);

CREATE TABLE hub.dead_letters (
    id                  uuid PRIMARY KEY,
    execution_id        uuid NOT NULL,
    workflow_id         uuid NOT NULL,
    version             int NOT NULL,
    delivery_id         uuid,
    step_id             text,
    status              text NOT NULL CHECK (status IN ('open', 'replayed')),
    error               json NOT NULL,
    error_history       json NOT NULL,
    context             json NOT NULL,
    created_at          timestamptz NOT NULL,
    replayed_at         timestamptz,
    replay_execution_id uuid
);
CREATE INDEX dead_letters_execution ON hub.dead_letters (execution_id);
