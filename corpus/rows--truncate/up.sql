create index quote_org_idx on quote (org);
truncate quote;
