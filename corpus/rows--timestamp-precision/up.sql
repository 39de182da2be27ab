alter table t alter v type timestamp(0);
