alter table t alter code type varchar;
