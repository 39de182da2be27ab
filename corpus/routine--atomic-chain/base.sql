create table t (id int primary key, a int not null);
create function one() returns int language sql stable begin atomic select max(a) from t; end;
create function two() returns int language sql stable begin atomic select one() + 1; end;
create view v as select two() as two;
