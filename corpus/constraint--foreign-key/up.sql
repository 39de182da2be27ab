alter table quote add constraint quote_org_fk foreign key (org_id) references org (id) on delete cascade;
