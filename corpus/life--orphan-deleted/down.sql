delete from quote where org_id not in (select id from org);
alter table quote drop constraint if exists quote_org;
alter table quote add constraint quote_org foreign key (org_id) references org;
