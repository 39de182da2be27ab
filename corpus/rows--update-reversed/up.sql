alter table quote alter price type numeric(14, 2), alter price set default 0;
update quote set price = price * 100;
