update quote set kind = 'legacy' where kind = 'old';
drop index if exists quote_kind;
