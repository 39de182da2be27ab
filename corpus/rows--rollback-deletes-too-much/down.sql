drop index quote_org_idx;
delete from quote;
delete from org;
