-- How long until the next execution is due, by the database's clock; null when none rests.
SELECT extract(epoch FROM min(wake_at) - now())::float8 FROM hub.executions WHERE wake_at IS NOT NULL
