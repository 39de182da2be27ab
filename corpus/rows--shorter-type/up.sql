alter table t alter v type varchar(10);
