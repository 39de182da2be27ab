do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;

create foreign data wrapper far_wrapper options (mode 'slow');
create server far type 'pg' version '15' foreign data wrapper far_wrapper options (host 'a');
create user mapping for public server far options (login 'x');
create foreign table f (a int options (name 'aa') not null, b text default 'x' check (b <> '')) server far options (schema 'remote');
comment on foreign table f is 'far away';
comment on server far is 'far';
grant select on f to corpus_reader;
grant usage on foreign server far to corpus_reader;
create view v as select a from f;
