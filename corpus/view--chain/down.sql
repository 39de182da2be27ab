alter table quote alter price type numeric(10, 2);
create view a as select id, price from quote;
create view b as select id from a where price > 0;
