alter table t alter v type varchar(60);
