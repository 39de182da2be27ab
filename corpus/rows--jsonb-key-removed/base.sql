create table t (id integer primary key, v jsonb not null);
