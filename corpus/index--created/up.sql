create index quote_open_idx on quote (org_id, price desc) include (note) with (fillfactor = 80) where deleted_at is null;
