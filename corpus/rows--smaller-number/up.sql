alter table t alter v type numeric(4, 2);
