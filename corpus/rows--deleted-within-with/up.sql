with gone as (delete from quote where kind = 'telegraph' returning id) select count(*) from gone;
create index quote_kind on quote (kind);
