drop index concurrently if exists quote_open_idx;
