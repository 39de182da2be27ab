do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;
create table t (org int, owner text);
alter table t enable row level security;
create policy own on t for select to corpus_reader using (org = 1);
