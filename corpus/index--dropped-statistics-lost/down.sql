create index quote_lower_idx on quote (lower(note));
