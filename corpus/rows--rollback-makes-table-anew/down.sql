drop table t_old;
create table t (id integer primary key, v text not null);
