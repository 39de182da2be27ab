update quote set price = price / 100 where price < 100000;
alter table quote alter price type numeric(10, 2);
