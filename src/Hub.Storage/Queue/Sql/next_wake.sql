-- How long until the next execution is due, by the database's clock; no row when none rests.
SELECT extract(epoch FROM wake_at - now())::float8 FROM hub.executions WHERE wake_at IS NOT NULL ORDER BY wake_at LIMIT 1
