update quote set price = price * 100 where price < 1000;
alter table quote alter price type numeric(14, 2);
