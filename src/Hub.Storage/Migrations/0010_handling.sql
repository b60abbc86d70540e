-- What is special about how a delivery is handled, as a sum: 1 its body is text to workflows, 2 an operator let it in although its signature was stale.
-- A constant default changes no row that is there.
ALTER TABLE hub.deliveries ADD COLUMN handling smallint NOT NULL DEFAULT 0;
