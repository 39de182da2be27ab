do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;

create table quote (id int primary key, price numeric(10, 2) not null, note text);
create view a with (security_barrier) as select id, price, note from quote where price > 0;
alter view a alter note set default 'none';
comment on view a is 'with a price';
comment on column a.price is 'net';
grant select, update (note) on a to corpus_reader with grant option;
create view b as select id, price * 2 as double from a;
grant select on b to public;
grant select on a to corpus_writer;
alter view b owner to corpus_writer;
create materialized view m as select double, count(*) as n from b group by double;
create unique index m_double on m (double);
create index m_n on m (n) where n > 1;
grant select on m to corpus_reader;
comment on materialized view m is 'counted';
