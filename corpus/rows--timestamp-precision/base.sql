create table t (id integer primary key, v timestamp not null);
