create rule open_quote_delete as on delete to open_quote do instead update quote set deleted_at = now() where id = old.id;
