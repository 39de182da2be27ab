do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;

create type state as enum ('draft', 'sent');
create table t (
  id int primary key,
  s state not null default 'draft',
  all_s state[] not null default '{draft}',
  is_sent boolean generated always as (s = 'sent') stored,
  constraint t_s check (s <> 'sent' or id > 0)
);
create index t_sent on t (id) where s = 'sent';
create index t_s on t (s);
create view v as select id, s, all_s from t where s <> 'sent';
comment on column v.s is 'not sent';
grant select on v to corpus_reader;
create function note() returns trigger language plpgsql as 'begin return new; end';
create trigger note before update on t for each row when (old.s = 'draft' and new.s = 'sent') execute function note();
create policy drafts on t using (s = 'draft');
create function next_state(state) returns state language sql immutable return 'sent'::state;
create domain open_state as state check (value = 'draft');
create type stated as (s state, at date);
grant usage on type state to corpus_reader;
comment on type state is 'of a quote';
