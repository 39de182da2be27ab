alter table t alter v type integer;
