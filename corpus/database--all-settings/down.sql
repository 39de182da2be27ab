DO $do$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $do$;
DO $do$ BEGIN EXECUTE format('ALTER DATABASE %I RESET statement_timeout', current_database()); END $do$;
DO $do$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path TO ''$user'', ''public''', current_database()); END $do$;
DO $do$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem TO ''8MB''', current_database()); END $do$;
DO $do$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 1346784343', current_database()); END $do$;
