alter table quote alter price type integer;
