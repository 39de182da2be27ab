do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;
create foreign data wrapper far_wrapper;
create server far type 'pg' version '15' foreign data wrapper far_wrapper options (host 'a', port '5');
create user mapping for corpus_reader server far options (login 'a');
