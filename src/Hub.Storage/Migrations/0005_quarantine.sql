-- The quarantine is kept in slices of time, as deliveries are: a slice that is dropped gives its disk back. What is there already becomes the partition
-- that catches what fits no slice: no row is copied.
ALTER TABLE hub.quarantine RENAME TO quarantine_rest;
ALTER INDEX hub.quarantine_pkey RENAME TO quarantine_rest_pkey;
ALTER INDEX hub.quarantine_source RENAME TO quarantine_rest_source;
CREATE TABLE hub.quarantine (LIKE hub.quarantine_rest INCLUDING DEFAULTS INCLUDING CONSTRAINTS, PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE INDEX quarantine_source ON hub.quarantine (source_id, id) WHERE source_id IS NOT NULL;
ALTER TABLE hub.quarantine ATTACH PARTITION hub.quarantine_rest DEFAULT;
