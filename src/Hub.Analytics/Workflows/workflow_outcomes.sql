-- How the executions created in a span of time went, by workflow. Ids are made of the time of creation, so the span is a range of the primary key;
-- OFFSET 0 keeps it from being read through the index by workflow, which is the whole table.
SELECT workflow_id,
       (SELECT name FROM hub.workflows w WHERE w.id = workflow_id),
       count(*),
       count(*) FILTER (WHERE status = 'completed'),
       count(*) FILTER (WHERE status = 'failed'),
       count(*) FILTER (WHERE status = 'cancelled'),
       count(*) FILTER (WHERE finished_at IS NULL),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - created_at)::float8) FILTER (WHERE status = 'completed'),
       percentile_disc(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - created_at)::float8) FILTER (WHERE status = 'completed')
FROM (SELECT * FROM hub.executions WHERE id >= $1 AND id < $2 OFFSET 0) e
GROUP BY workflow_id
ORDER BY workflow_id
