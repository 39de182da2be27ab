drop index quote_org_idx;
delete from org where id = 901;
