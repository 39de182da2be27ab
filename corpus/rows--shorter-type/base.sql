create table t (id integer primary key, v varchar(60) not null);
