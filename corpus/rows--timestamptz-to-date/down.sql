alter table t alter v type timestamptz;
