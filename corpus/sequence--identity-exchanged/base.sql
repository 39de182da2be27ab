do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;

create table t (id serial primary key, n int generated always as identity (start 10 increment 5), m bigserial);
grant usage on sequence t_id_seq to corpus_reader;
comment on sequence t_n_seq is 'in fives';
