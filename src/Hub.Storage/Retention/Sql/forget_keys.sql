-- Dedupe keys whose window has passed, the oldest first and some at a time so that no statement is long. A rival that renews a key at this moment
-- wins: the row it locked no longer matches. IS TRUE keeps that second look at the time away from the index.
DELETE FROM hub.delivery_keys
WHERE ctid = ANY (ARRAY(SELECT ctid FROM hub.delivery_keys WHERE expires_at < now() ORDER BY expires_at LIMIT $1)) AND (expires_at < now()) IS TRUE
