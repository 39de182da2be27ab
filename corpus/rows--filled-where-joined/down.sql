drop index quote_state;
