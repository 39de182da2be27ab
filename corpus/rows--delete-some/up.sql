create index quote_org_idx on quote (org);
delete from quote where price > 1;
