create table t (id integer primary key, v double precision not null check (v < 100));
