-- What the server may refuse this role: superusers are held to max_connections alone; reserved_connections and its role exist from version 16 on.
SELECT current_setting('max_connections')::int,
       CASE WHEN r.rolsuper THEN 0
            ELSE current_setting('superuser_reserved_connections')::int
                 + CASE WHEN EXISTS (SELECT 1 FROM pg_roles p WHERE p.rolname = 'pg_use_reserved_connections' AND pg_has_role(r.oid, p.oid, 'MEMBER')) THEN 0
                        ELSE coalesce(current_setting('reserved_connections', true)::int, 0) END
       END,
       CASE WHEN r.rolsuper OR r.rolconnlimit < 0 THEN NULL ELSE r.rolconnlimit END,
       CASE WHEN r.rolsuper OR d.datconnlimit < 0 THEN NULL ELSE d.datconnlimit END
FROM pg_roles r, pg_database d
WHERE r.rolname = current_user AND d.datname = current_database()
