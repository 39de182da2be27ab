do $$ begin
  if not exists (select from pg_roles where rolname = 'corpus_reader') then create role corpus_reader; end if;
  if not exists (select from pg_roles where rolname = 'corpus_writer') then create role corpus_writer; end if;
end $$;
create function total(price numeric, rate numeric default 0.2) returns numeric language sql immutable as 'select price * (1 + rate)';
revoke execute on function total from public;
grant execute on function total to corpus_reader;
alter function total set search_path = '';
