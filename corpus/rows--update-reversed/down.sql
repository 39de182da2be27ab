update quote set price = price / 100;
alter table quote alter price type numeric(10, 2), alter price drop default;
