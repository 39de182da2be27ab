do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;

do $$ begin
  execute format('alter database %I set search_path = "$user", public', current_database());
  execute format('alter database %I set work_mem = ''8MB''', current_database());
end $$;
