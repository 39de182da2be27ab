do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;

create table t (id int primary key, a int);
grant select on t to corpus_writer with grant option;
grant update (a) on t to corpus_writer with grant option;
set local role corpus_writer;
grant select on t to corpus_reader;
grant update (a) on t to corpus_reader;
reset role;
