drop view b;
drop view a;
alter table quote alter price type numeric(12, 2);
