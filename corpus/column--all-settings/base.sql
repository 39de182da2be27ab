do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;

create table t (id int primary key, a text, b varchar(20) default 'x', c numeric(8, 2));
alter table t alter a set storage external, alter a set statistics 300, alter a set (n_distinct = 5);
alter table t alter b set compression pglz;
comment on column t.a is 'long';
grant select (a), update (b) on t to corpus_reader;
grant select (c) on t to corpus_reader with grant option;
