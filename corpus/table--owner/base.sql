do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;
create table quote (
  id bigint primary key,
  org_id bigint not null,
  note text,
  price numeric(10, 2) not null default 0,
  deleted_at timestamptz
);
