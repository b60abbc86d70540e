-- One row renews the lease of everything this node runs.
INSERT INTO hub.nodes (id, name, lease_until) VALUES ($1, $2, now() + make_interval(secs => $3))
ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until
