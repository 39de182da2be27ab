create table quote_price as select id, price from quote;
alter table quote drop price;
