create table quote (
  id bigint primary key,
  org_id bigint not null,
  note text,
  price numeric(10, 2) not null default 0,
  deleted_at timestamptz
);
