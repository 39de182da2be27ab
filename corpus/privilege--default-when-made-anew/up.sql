drop view w;
drop view v;
drop function tax(int);
create function tax(price int) returns bigint language sql immutable return price / 5;
create view v as select id, tax(price) as tax from t;
drop sequence q;
drop type e;
