insert into org select coalesce(max(id), 0) + 1, 'default' from org;
create index quote_org_idx on quote (org);
