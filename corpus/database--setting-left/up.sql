do $$ begin execute format('alter database %I set statement_timeout = ''5s''', current_database()); end $$;
