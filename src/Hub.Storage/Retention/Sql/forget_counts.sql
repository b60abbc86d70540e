WITH refused AS (DELETE FROM hub.refusals WHERE minute < now() - make_interval(days => $1))
DELETE FROM hub.intake_counts WHERE minute < now() - make_interval(days => $1)
