drop rule open_quote_delete on open_quote;
