-- Takes the locks that intake and journal take, so that whoever keeps these tables locked is noticed before a sender does, and writes one row.
-- Safe beside them: the locks are those of any INSERT, and are given up when they cannot be had within two seconds.
SET LOCAL lock_timeout = '2s';
LOCK TABLE ONLY hub.deliveries, ONLY hub.intake_counts, ONLY hub.executions, ONLY hub.execution_steps IN ROW EXCLUSIVE MODE;
INSERT INTO hub.settings (key, value) VALUES ('health_probe', now()::text) ON CONFLICT (key) DO UPDATE SET value = excluded.value
