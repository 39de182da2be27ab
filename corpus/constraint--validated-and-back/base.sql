create table quote (
  id bigint primary key,
  org_id bigint not null,
  note text,
  price numeric(10, 2) not null default 0,
  deleted_at timestamptz
);
alter table quote add constraint quote_price_check check (price >= 0) not valid;
