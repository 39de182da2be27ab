alter table t alter id set generated always;
