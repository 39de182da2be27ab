alter table t alter v type bigint;
