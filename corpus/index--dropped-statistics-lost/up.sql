drop index quote_lower_idx;
