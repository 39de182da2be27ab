drop index quote_org_idx;
