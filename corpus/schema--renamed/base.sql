create schema sales;
create table sales.t (a int);
create view sales.v as select a from sales.t;
