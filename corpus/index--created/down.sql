drop index quote_open_idx;
