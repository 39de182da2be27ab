alter table t alter code type text;
