alter table t alter v type varchar(3) using left(v, 3);
