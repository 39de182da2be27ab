create schema sales;
create table sales.t (a int);
