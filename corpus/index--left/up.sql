create index quote_open_idx on quote (org_id) where deleted_at is null;
create index quote_price_idx on quote (price);
