create unique index concurrently quote_code on quote (code);
