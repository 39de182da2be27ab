alter table t alter v type json;
