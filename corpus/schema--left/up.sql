create schema if not exists sales;
create table sales.t (a int);
