alter table t alter v type numeric(12, 2);
