-- Deliveries whose Source finds no duplicates, or that have no key.
INSERT INTO hub.deliveries ({d.columns})
SELECT {d.values} FROM {d.rows}
