-- Dedupe keys whose window has passed, some at a time so that no statement is long. A rival that renews a key at this moment wins: the row it
-- locked no longer matches.
DELETE FROM hub.delivery_keys
WHERE ctid = ANY (ARRAY(SELECT ctid FROM hub.delivery_keys WHERE expires_at < now() LIMIT $1)) AND expires_at < now()
