create schema one;
create schema two;
create table one.a (id serial primary key, n int, constraint a_id_check check (id > 0));
create index on one.a (n);
create view one.v as select id from one.a;
