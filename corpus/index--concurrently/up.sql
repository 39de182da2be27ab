create index concurrently quote_open_idx on quote (org_id);
