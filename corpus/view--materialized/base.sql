create table quote (
  id bigint primary key,
  org_id bigint not null,
  note text,
  price numeric(10, 2) not null default 0,
  deleted_at timestamptz
);
create materialized view sums as select org_id, sum(price) as total from quote group by org_id;
create unique index sums_org_idx on sums (org_id);
