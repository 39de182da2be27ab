do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;
create schema sales;
grant usage on schema sales to corpus_reader;
