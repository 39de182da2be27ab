create table quote (
  id bigint primary key,
  org_id bigint not null,
  note text,
  price numeric(10, 2) not null default 0,
  deleted_at timestamptz
);
create index quote_org_idx on quote (org_id);
comment on index quote_org_idx is 'for lists';
