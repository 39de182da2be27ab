drop index if exists quote_opne_idx;
