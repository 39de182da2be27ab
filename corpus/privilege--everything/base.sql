do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;

create schema s;
create table s.t (id serial primary key, a int);
create view s.v as select id from s.t;
create function s.f() returns int language sql return 1;
create type s.e as enum ('x');
create sequence s.q;
grant usage on schema s to corpus_reader with grant option;
grant all on s.t to corpus_reader;
grant select on s.t to public;
grant update on sequence s.q to corpus_writer;
revoke all on function s.f() from public;
revoke all on type s.e from public;
grant select on s.v to corpus_writer with grant option;
alter default privileges in schema s grant select on tables to corpus_reader;
alter default privileges revoke execute on functions from public;
