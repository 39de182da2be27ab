drop index quote_org_key;
