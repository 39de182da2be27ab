do $$ begin execute format('alter database %I reset statement_timeout', current_database()); end $$;
