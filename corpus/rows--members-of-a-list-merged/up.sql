update quote set kind = 'old' where kind in ('legacy', 'beta');
create index quote_kind on quote (kind);
