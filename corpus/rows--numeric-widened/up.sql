alter table quote alter price type numeric(14, 4);
