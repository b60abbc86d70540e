-- Keeps a signal. The first of an id counts.
INSERT INTO hub.signals (id, payload, received_at) VALUES ($1, $2::json, now()) ON CONFLICT (id) DO NOTHING
