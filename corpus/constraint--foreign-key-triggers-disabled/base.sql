create table org (id bigint primary key);
create table quote (
  id bigint primary key,
  org_id bigint not null,
  note text,
  price numeric(10, 2) not null default 0,
  deleted_at timestamptz
);
alter table quote add constraint quote_org_fk foreign key (org_id) references org (id);
