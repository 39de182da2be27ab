drop index quote_org_idx;
create table quote_new (like quote including all);
insert into quote_new select * from quote order by id;
drop table quote;
alter table quote_new rename to quote;
alter index quote_new_pkey rename to quote_pkey;
alter table quote add constraint quote_org_fkey foreign key (org) references org;
