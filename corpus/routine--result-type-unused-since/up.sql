drop view v;
drop view w;
alter table t drop constraint t_tax;
alter table t alter half drop default;
drop function tax(int);
create function tax(price int) returns bigint language sql immutable return -price;
create view w as select id, price as tax from t;
