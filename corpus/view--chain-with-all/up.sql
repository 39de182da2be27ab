drop materialized view m;
drop view b;
drop view a;
alter table quote alter price type numeric(12, 2);
create view a as select id, price, note from quote;
create view b as select id, price * 2 as double from a;
