alter table t alter id set not null;
