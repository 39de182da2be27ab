create unique index quote_org_key on quote (org_id);
