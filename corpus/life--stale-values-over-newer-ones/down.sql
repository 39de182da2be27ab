alter table quote alter code type text;
update quote set terms = b.terms, code = b.code from quote_before b where b.id = quote.id;
drop table quote_before;
