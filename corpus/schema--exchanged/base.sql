create schema one;
create schema two;
create table one.a (id int primary key);
create table two.b (id int primary key);
create function one.f() returns int language sql return 1;
