create table t (id integer primary key, v json not null);
