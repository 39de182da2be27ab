alter table quote replica identity using index quote_org_key;
