-- The other side of the books, in the transaction that keeps the deliveries.
INSERT INTO hub.intake_counts AS c (source_id, minute, node, writer, received, accepted)
SELECT source_id, minute, $4::uuid, $5::smallint, count, count FROM unnest($1::uuid[], $2::timestamptz[], $3::bigint[]) AS n (source_id, minute, count)
ON CONFLICT (source_id, minute, node, writer) DO UPDATE SET received = c.received + excluded.received, accepted = c.accepted + excluded.accepted
