create table t (id int primary key, a int not null, double int generated always as (a * 2) virtual, triple int generated always as (a * 3) stored);
create view v as select double, triple from t;
