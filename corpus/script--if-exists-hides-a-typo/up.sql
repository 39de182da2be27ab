create index quote_open_idx on quote (org_id);
