alter table member drop constraint member_org_fkey;
create table org_old (id uuid primary key, name text not null, left_at timestamptz);
insert into org_old (id, name) select id, slug from org;
alter table member add foreign key (org) references org_old;
drop table org;
