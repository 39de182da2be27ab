create table quote (
  id bigint primary key,
  org_id bigint not null,
  note text,
  price numeric(10, 2) not null default 0,
  deleted_at timestamptz
);
create index quote_lower_idx on quote (lower(note));
alter index quote_lower_idx alter column 1 set statistics 500;
