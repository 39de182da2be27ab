update quote set state = 'closed' from org where quote.org = org.id and quote.state = 'waiting';
create index quote_state on quote (state);
