create table t (id int primary key, price int not null);
create function tax(price int) returns int language sql immutable return -price;
create view v as select id, tax(price) as tax from t;
create view w as select id, tax(price) as tax from t;
alter table t add constraint t_tax check (tax(price) <= 0);
alter table t add half int default tax(10);
