alter table quote alter price type numeric(10, 2);
