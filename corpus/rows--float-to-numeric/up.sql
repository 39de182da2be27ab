alter table t alter v type numeric(8, 1);
