SELECT source_id, count(*), sum(size)::bigint FROM hub.quarantine GROUP BY source_id
