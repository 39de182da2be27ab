alter table t alter v type date;
