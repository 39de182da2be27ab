create table t (id int primary key, a int, b int, c int, d text);
create index t_a on t (a);
