do $$ begin
  execute format('alter database %I set search_path = sales', current_database());
  execute format('alter database %I reset work_mem', current_database());
  execute format('alter database %I set statement_timeout = ''5s''', current_database());
  execute format('alter database %I connection limit 77', current_database());
  execute format('revoke temporary on database %I from public', current_database());
end $$;
