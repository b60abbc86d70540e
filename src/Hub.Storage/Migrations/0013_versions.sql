-- The versions that an execution ran before it went on with another one, the oldest first. Adding a column without a default writes no row anew.
ALTER TABLE hub.executions ADD COLUMN earlier_versions int[];
