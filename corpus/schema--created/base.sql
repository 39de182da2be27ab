do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;
