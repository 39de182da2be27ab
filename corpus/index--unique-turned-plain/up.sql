drop index quote_org_key;
create index quote_org_key on quote (org_id);
