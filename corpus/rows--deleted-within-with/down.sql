drop index quote_kind;
