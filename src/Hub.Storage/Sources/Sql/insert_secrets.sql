INSERT INTO hub.source_secrets (id, source_id, protected, created_at)
SELECT * FROM unnest($1, $2, $3, $4)
