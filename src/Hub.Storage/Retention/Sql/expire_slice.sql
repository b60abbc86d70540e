-- Carries what a slice held over to the counts, just before it is dropped in the same transaction; the rows that stay are still counted as rows.
INSERT INTO hub.intake_counts AS c (source_id, minute, node, writer, {column})
SELECT source_id, date_trunc('minute', received_at), $1, -4, count(*) FROM hub.{slice} WHERE id <> ALL ($2) GROUP BY 1, 2
ON CONFLICT (source_id, minute, node, writer) DO UPDATE SET {column} = c.{column} + excluded.{column}
