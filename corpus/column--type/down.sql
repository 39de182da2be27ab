alter table t alter code type varchar(10);
