-- Databases that were made before the columns had these names; in others nothing is to be done. The key of the table's partitions tells the former name.
DO $$
DECLARE former name := (
    SELECT attname FROM pg_attribute a JOIN pg_partitioned_table p ON p.partrelid = a.attrelid AND a.attnum = p.partattrs[0]
    WHERE a.attrelid = 'hub.deliveries'::regclass);
BEGIN
    IF former <> 'retention_partition' THEN
        EXECUTE format('ALTER TABLE hub.deliveries RENAME COLUMN %I TO retention_partition', former);
        EXECUTE format('ALTER TABLE hub.sources RENAME COLUMN %I TO retention_partition', former);
        ALTER SEQUENCE hub.shelves RENAME TO retention_partitions;
        ALTER TABLE hub.intake_counts RENAME COLUMN lane TO writer;
    END IF;
END $$;
