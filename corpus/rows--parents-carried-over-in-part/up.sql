create table org (id uuid primary key, slug text not null unique);
insert into org (id, slug) select o.id, left(o.id::text, 8) from org_old o where o.left_at is null on conflict (id) do nothing;
alter table member drop constraint member_org_fkey;
drop table org_old;
alter table member add foreign key (org) references org;
