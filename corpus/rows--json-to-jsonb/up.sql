alter table t alter v type jsonb;
