create table t (id integer primary key, starts date, ends date);
