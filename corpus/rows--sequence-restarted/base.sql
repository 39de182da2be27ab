create sequence s;
select setval('s', 500);
create table t (id integer primary key);
