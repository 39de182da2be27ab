create table t (id integer primary key, v numeric(12, 2));
