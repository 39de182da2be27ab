alter table quote add price numeric(10, 2);
update quote set price = s.price from quote_price s where s.id = quote.id;
alter table quote alter price set not null;
drop table quote_price;
