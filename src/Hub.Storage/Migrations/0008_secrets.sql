-- Secrets that were kept as one encrypted list become a row whose first byte, 1, says so. The hub decrypts and divides it at its start.
INSERT INTO hub.source_secrets (id, source_id, protected, created_at)
SELECT gen_random_uuid(), id, '\x01'::bytea || protected_secrets, created_at FROM hub.sources WHERE protected_secrets IS NOT NULL AND deleted_at IS NULL;
ALTER TABLE hub.sources DROP COLUMN protected_secrets;
