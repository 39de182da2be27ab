create table t (id int, code varchar(10));
