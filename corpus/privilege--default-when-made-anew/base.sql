do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;

create table t (id int primary key, price int not null);
create function tax(price int) returns int language sql immutable return price / 5;
create view v as select id, tax(price) as tax from t;
create view w as select tax from v;
grant select on w to corpus_writer;
create sequence q;
create type e as enum ('x');
alter default privileges grant all on tables to corpus_reader;
alter default privileges grant all on sequences to corpus_reader with grant option;
alter default privileges grant execute on functions to corpus_reader;
alter default privileges revoke execute on functions from public;
alter default privileges revoke usage on types from public;
