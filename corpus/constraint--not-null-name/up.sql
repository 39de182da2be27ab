alter table t alter id drop not null;
