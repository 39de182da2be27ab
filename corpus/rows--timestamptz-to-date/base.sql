create table t (id integer primary key, v timestamptz not null);
