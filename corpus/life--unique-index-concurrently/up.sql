drop index concurrently quote_code;
